import { simulate } from '#src/domain/simulate/simulate.ts';
import type { Problem, SimulatedWeek } from '#src/domain/simulate/simulation.ts';
import { PROBABILITY_SCALES } from '../ward/models/registry.ts';
import { type HospitalSettings, NO_RULE, OUTCOME_SYSTEM, settingsOf } from './settings.ts';

type Tables = SimulatedWeek['tables'];
export type Row<N extends keyof Tables> = NonNullable<Tables[N]>[number];

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

export interface PastOptions {
  readonly seed: number;
  /** Epoch ms. Nothing is there that a server learnt later. */
  readonly now: number;
  /** Whole weeks before the one of `now`, of which there is what has been until now. */
  readonly weeks?: number;
  /** Recommendations in an ordinary week. */
  readonly perWeek?: number;
}

/** Half a year of a hospital as rows of the flat tables, known at `now`. */
export interface Past {
  readonly scores: readonly Row<'scores'>[];
  /** Those of the scores that fired. */
  readonly recommendations: readonly Row<'recommendations'>[];
  readonly exposures: readonly Row<'exposures'>[];
  readonly decisions: readonly Row<'decisions'>[];
  /** Findings and actions. That there was none, the rules of the site say. */
  readonly outcomes: readonly Row<'outcomes'>[];
  readonly encounters: readonly Row<'encounters'>[];
  readonly changes: readonly Row<'changes'>[];
  readonly settings: HospitalSettings;
  /** What is wrong; nobody but a test may look. */
  readonly problems: readonly Problem[];
}

type Growing = {
  -readonly [N in
    | 'scores'
    | 'recommendations'
    | 'exposures'
    | 'decisions'
    | 'outcomes'
    | 'encounters']: Row<N>[];
};

/** Same options, same rows. */
export function makePast({ seed, now, weeks = 26, perWeek = 1_050 }: PastOptions): Past {
  const monday = Math.floor(now / DAY_MS) * DAY_MS - ((new Date(now).getUTCDay() + 6) % 7) * DAY_MS;
  const start = new Date(monday - weeks * WEEK_MS).toISOString().slice(0, 10);
  const made = simulate({ scenario: 'hospital', seed, weeks: weeks + 1, perWeek, start });
  const all: Growing = {
    scores: [],
    recommendations: [],
    exposures: [],
    decisions: [],
    outcomes: [],
    encounters: [],
  };
  const ends = new Map<string, number>();
  const known = (at: number | null): boolean => at !== null && at <= now;
  for (const { tables } of made.pieces()) {
    for (const row of tables.encounters ?? []) {
      const cut = untilNow(row, now);
      if (!cut) continue;
      all.encounters.push(cut);
      ends.set(row.encounter_id, cut.encounter_end ?? now);
    }
    for (const row of tables.scores ?? []) if (known(row.recorded_at)) all.scores.push(asSent(row));
    for (const row of tables.recommendations ?? [])
      if (known(row.recorded_at)) all.recommendations.push(asSent(row));
    for (const row of tables.exposures ?? [])
      if (known(row.recorded_at)) all.exposures.push({ ...row, payer: null });
    for (const row of tables.decisions ?? [])
      if (known(row.recorded_at)) all.decisions.push(inOwnCodes(row));
    for (const row of tables.outcomes ?? []) {
      const coded = row.kind === 'action' ? row : atDischarge(row, ends);
      if (coded && known(coded.recorded_at)) all.outcomes.push(coded);
    }
  }
  return {
    ...all,
    decisions: withHeads(all.decisions),
    changes: made.standing.changes ?? [],
    settings: settingsOf(made.settings),
    problems: made.problems,
  };
}

/** Whoever would lie there longer went home a minute ago: the beds belong to the ward’s stories. */
function untilNow(row: Row<'encounters'>, now: number): Row<'encounters'> | undefined {
  const last = now - 60_000;
  const { stay_start, stay_end, encounter_end } = row;
  if (stay_start === null || stay_start >= last) return undefined;
  return {
    ...row,
    payer: null,
    stay_end: Math.min(stay_end ?? last, last),
    encounter_end: Math.min(encounter_end ?? last, last),
  };
}

const IN_PERCENT = new Set(
  PROBABILITY_SCALES.filter(({ scale }) => scale === 'percent').map(({ source }) => source),
);

/** The number that a producer sends: percent with four decimals, or a fraction. */
export const sentProbability = ({
  model_id,
  score,
}: Pick<Row<'scores'>, 'model_id' | 'score'>): number => {
  const fraction = score ?? 0;
  return IN_PERCENT.has(model_id ?? '') ? Number((fraction * 100).toFixed(4)) : fraction;
};

/** A row with the number as a reader gets it back. */
function asSent<R extends Row<'scores'> | Row<'recommendations'>>(row: R): R {
  const sent = sentProbability(row);
  return { ...row, payer: null, score: IN_PERCENT.has(row.model_id ?? '') ? sent / 100 : sent };
}

const inOwnCodes = (row: Row<'decisions'>): Row<'decisions'> => ({
  ...row,
  payer: null,
  action_system: row.action_system && OUTCOME_SYSTEM,
});

/**
 * Coded at discharge, or when it happened later; what was not found is no resource. No minute after: an
 * end without its finding would count as one that had none.
 */
function atDischarge(
  row: Row<'outcomes'>,
  ends: ReadonlyMap<string, number>,
): Row<'outcomes'> | undefined {
  const { encounter_id, happened_at, label, outcome_code } = row;
  if (label !== true || happened_at === null || outcome_code === NO_RULE) return undefined;
  const known = Math.max(ends.get(encounter_id ?? '') ?? 0, happened_at);
  return { ...row, label_at: known, recorded_at: known };
}

/** An answer is replaced once the one that replaces it is there. */
function withHeads(rows: readonly Row<'decisions'>[]): readonly Row<'decisions'>[] {
  const replaced = new Set(rows.map((row) => row.replaces_id));
  return rows.map((row) => ({
    ...row,
    is_head:
      row.status === 'final' && row.response !== 'withdrawn' && !replaced.has(row.decision_id),
  }));
}
