import type { ModelTargets } from '#src/domain/monitoring/settings.ts';
import type {
  ModelSettings,
  NegativeLabel,
  SiteSettings,
} from '#src/domain/tables/derive/settings.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';
import { type ConfigProblem, checkAgainstSchema } from './check.ts';
import { ConfigError } from './load.ts';
import { tableSettingsJsonSchema } from './settings-schema.ts';

/** What a site states once about its tables; its `config.json` says the rest. */
export interface SiteTables {
  /** A unit that no site names belongs to the first. */
  readonly sites: readonly [SiteSettings, ...SiteSettings[]];
  readonly models: readonly ModelSettings[];
  readonly negatives: readonly NegativeLabel[];
  readonly outcomes: readonly OutcomeRule[];
  /** What monitoring holds a model against. */
  readonly targets: readonly ModelTargets[];
}

/** Throws `ConfigError` with every bad field; fills in what may be left out. */
export function checkSiteTables(body: unknown): SiteTables {
  const { value, problems: shape } = checkAgainstSchema(tableSettingsJsonSchema(), body);
  const found = value as SiteTables;
  const problems = shape.length > 0 ? shape : contradictions(found);
  if (problems.length > 0) throw new ConfigError('The settings have mistakes.', problems);
  return found;
}

/** What a schema cannot say. */
function contradictions({
  sites,
  models,
  negatives,
  outcomes,
  targets,
}: SiteTables): readonly ConfigProblem[] {
  const rules = new Set(outcomes.map(({ id }) => id));
  const label = new Set(outcomes.filter(({ kind }) => kind === 'label').map(({ id }) => id));
  const action = new Set(outcomes.filter(({ kind }) => kind === 'action').map(({ id }) => id));
  return [
    ...sites.flatMap(({ timeZone }, i) =>
      isZone(timeZone)
        ? []
        : { path: `sites[${i}].timeZone`, message: 'must be a name such as Europe/Berlin' },
    ),
    ...twice(
      outcomes.map(({ id }) => id),
      'outcomes',
      'id',
    ),
    ...twice(
      sites.map((one) => one.site),
      'sites',
      'site',
    ),
    ...twice(
      targets.map((one) => one.model_id),
      'targets',
      'model_id',
    ),
    ...targets.flatMap(wrongWay),
    ...negatives.flatMap(({ rule }, i) =>
      label.has(rule)
        ? []
        : {
            path: `negatives[${i}].rule`,
            message: 'names no outcome of kind "label"; add that rule to "outcomes"',
          },
    ),
    ...models.flatMap(({ actions = [] }, i) =>
      // A hospital that brings outcomes as a table has no rules here.
      rules.size === 0 || actions.every((one) => action.has(one))
        ? []
        : {
            path: `models[${i}].actions`,
            message: 'names no outcome of kind "action"; add that rule to "outcomes"',
          },
    ),
  ];
}

/** Which side of a target is the worse one. */
const AT_LEAST = { sensitivity: true, predictiveValue: true, missedCritical: false } as const;

/** A target that is the wrong way round would raise its signal where all is well. */
const wrongWay = (own: ModelTargets, i: number): readonly ConfigProblem[] =>
  (['sensitivity', 'predictiveValue', 'missedCritical'] as const).flatMap((name) => {
    const target = own[name];
    if (!target) return [];
    const { acceptable, unacceptable } = target;
    if (AT_LEAST[name] ? unacceptable < acceptable : unacceptable > acceptable) return [];
    const side = AT_LEAST[name] ? 'less' : 'more';
    return [
      { path: `targets[${i}].${name}`, message: `unacceptable must be ${side} than acceptable` },
    ];
  });

const twice = (names: readonly string[], list: string, field: string): readonly ConfigProblem[] =>
  names.flatMap((name, i) =>
    names.indexOf(name) === i
      ? []
      : { path: `${list}[${i}].${field}`, message: 'is there twice; rename or remove one' },
  );

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
