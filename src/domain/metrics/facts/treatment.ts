import type { EncounterRow } from '#src/domain/tables/encounters.ts';
import type { OutcomeRow } from '#src/domain/tables/outcomes.ts';
import type { Reach } from './reach.ts';

const HOUR = 3_600_000;

/** From a recommendation to the first qualifying action, or to where the patient was lost from sight. */
export interface Treatment extends Reach {
  readonly hours: number;
  /** False: censored after `hours`. */
  readonly treated: boolean;
}

/** Rules of the actions that each model advises; without an entry every action qualifies. */
export type Qualifying = Readonly<Record<string, readonly string[]>>;

/**
 * Actions after the recommendation only; what was done before belongs to `already treated`.
 * @param until epoch ms: how far the tables reach.
 */
export function treatments(
  rows: readonly Reach[],
  outcomes: readonly OutcomeRow[],
  stays: readonly EncounterRow[],
  { until, qualifying = {} }: { readonly until: number; readonly qualifying?: Qualifying },
): readonly Treatment[] {
  const done = Map.groupBy(
    outcomes.filter(
      ({ kind, status, label }) => kind === 'action' && status === 'final' && label !== false,
    ),
    (row) => row.recommendation_id ?? row.encounter_id ?? '',
  );
  const ends = new Map(stays.map((row) => [row.encounter_id, row.encounter_end]));
  return rows.flatMap((row) => {
    const { fired_at, recommendation_id, encounter_id } = row;
    if (fired_at === null) return [];
    const rules = qualifying[row.model_id ?? ''];
    const times = [recommendation_id, encounter_id ?? '']
      .flatMap((key) => done.get(key) ?? [])
      .filter(({ rule }) => rules?.includes(rule) ?? true)
      .flatMap(({ happened_at }) => happened_at ?? [])
      .filter((at) => at >= fired_at);
    const first = Math.min(...times);
    const treated = Number.isFinite(first);
    const end = treated ? first : (ends.get(encounter_id ?? '') ?? until);
    return end < fired_at ? [] : [{ ...row, treated, hours: (end - fired_at) / HOUR }];
  });
}
