import { type Aggregates, aggregate, entryOf } from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { missing } from '#src/domain/metrics/catalogue.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { negativeLabels } from '#src/domain/tables/derive/negative-labels.ts';
import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst, type TableContext } from '#src/fhir/tables/table-context.ts';

/** What a site states about its tables: as `--settings` has it. */
export interface StageSettings extends TableSettings {
  readonly outcomes: readonly OutcomeRule[];
}

type PastTable =
  | 'scores'
  | 'recommendations'
  | 'exposures'
  | 'decisions'
  | 'outcomes'
  | 'encounters';

/** Rows of a past that the sandbox has as an archive. */
export type PastRows = { readonly [N in PastTable]: NonNullable<Tables[N]> };

/**
 * The tables that `metrics --from` would read from the whole server, without making FHIR of the past: the
 * past's rows beside those of what is held. That both are the same is a test of scenario `hospital`.
 */
export function tablesWithPast(
  held: readonly unknown[],
  context: Omit<TableContext, 'known'>,
  settings: StageSettings,
  past: PastRows,
): Tables {
  const { read } = readTables(held, { ...context, known: held.filter(isNeededFirst) });
  const now = deriveTables(read, settings);
  const negative = negativeLabels(past.encounters, past.outcomes, settings.negatives ?? []);
  return {
    ...now,
    scores: [...past.scores, ...(now.scores ?? [])],
    recommendations: [...past.recommendations, ...(now.recommendations ?? [])],
    exposures: [...past.exposures, ...(now.exposures ?? [])],
    decisions: [...past.decisions, ...(now.decisions ?? [])],
    outcomes: [...past.outcomes, ...negative, ...(now.outcomes ?? [])],
    encounters: [...past.encounters, ...(now.encounters ?? [])],
  };
}

/** All published views of these tables; a view whose tables are not there is left out. */
export function countAll(tables: Tables, settings: StageSettings): Aggregates {
  const views = PUBLISHED_VIEWS.filter(
    ({ metric }) => missing(entryOf(metric), tables).length === 0,
  );
  const qualifying = Object.fromEntries(
    (settings.models ?? []).flatMap(({ model_id, actions }) =>
      actions ? [[model_id, actions]] : [],
    ),
  );
  return aggregate(factsOf(tables, { timeZone: settings.sites[0].timeZone, qualifying }), views);
}
