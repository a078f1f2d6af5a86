import type { Tables } from '#src/domain/tables/schema.ts';

/**
 * Models whose threshold nobody stated, though scores of theirs are there: then every score counts as
 * fired (docs/tables.md), which is right only where the server has those alone that fired.
 */
export function unknownThresholds({ recommendations = [] }: Tables): readonly string[] {
  const models = new Set(
    recommendations.flatMap(({ score, threshold, model_id }) =>
      score !== null && threshold === null && model_id !== null ? [model_id] : [],
    ),
  );
  return [...models]
    .sort()
    .map(
      (model) =>
        `No threshold of “${model}” is known: each of its scores counts as fired. If the server has scores that did not fire too, state it under models in --settings.`,
    );
}
