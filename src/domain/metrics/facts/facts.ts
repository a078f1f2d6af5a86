import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { RESPONSE_WINDOW_MS } from '#src/domain/tables/derive/settings.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import type { WeeklyScore } from '../drift.ts';
import {
  ACCURACY_UNITS,
  type AccuracyUnit,
  type Judged,
  type JudgedScore,
  judgedScores,
} from './judged-score.ts';
import { type Judgement, judgements } from './judgement.ts';
import { asLabelled } from './labelled.ts';
import { type Load, shiftLoads, wardLoads } from './load.ts';
import { type Presentation, presentations } from './presentation.ts';
import { type Reach, reached } from './reach.ts';
import { type Qualifying, type Treatment, treatments } from './treatment.ts';

/** The rows that metrics count, joined once from the tables. Each is made when it is first asked for. */
export interface Facts {
  readonly presentations: () => readonly Presentation[];
  readonly reached: () => readonly Reach[];
  readonly wardLoads: () => readonly Load[];
  readonly shiftLoads: () => readonly Load[];
  readonly judged: Readonly<Record<AccuracyUnit, () => readonly JudgedScore[]>>;
  /** Encounters with a label, in the week in which it became known. */
  readonly labelled: () => readonly Judged[];
  readonly scores: () => readonly WeeklyScore[];
  readonly judgements: () => readonly Judgement[];
  readonly treatments: () => readonly Treatment[];
}

export interface FactOptions {
  /** Within which an answer counts; 24 h. */
  readonly windowMs?: number;
  /** IANA name, by which stays and shifts are cut into weeks; UTC. */
  readonly timeZone?: string;
  /** By model; absent: every action in the tables. */
  readonly qualifying?: Qualifying;
  /**
   * Epoch ms: until when a stay that lasts, and a patient who was not treated, is counted. Absent: as far
   * as the tables reach; parts of them then reach less far, and do not add up to the whole.
   */
  readonly until?: number;
}

/**
 * Rows that are joined must stand in one partition: all rows about a recommendation, and all about an
 * encounter. Throws `UnknownTimeZoneError` once burden is asked for.
 */
export function factsOf(tables: Tables, options: FactOptions = {}): Facts {
  const { windowMs = RESPONSE_WINDOW_MS, timeZone = 'UTC', qualifying = {} } = options;
  const { exposures = [], decisions = [], recommendations = [], scores = [] } = tables;
  const { outcomes = [], encounters = [], shifts = [], reviews = [] } = tables;
  const until = once(() => options.until ?? lastInstant(tables));
  const units = once(() => responseUnits(exposures, decisions, windowMs));
  const shown = once(() => presentations(units(), exposures, decisions));
  const reach = once(() => reached(recommendations, units()));
  const judgedBy = (unit: AccuracyUnit) => once(() => judgedScores(scores, outcomes, unit));
  const [alert, encounter, patient] = ACCURACY_UNITS;
  const byEncounter = judgedBy(encounter);
  return {
    presentations: shown,
    reached: reach,
    wardLoads: once(() => wardLoads(shown(), encounters, { until: until(), timeZone })),
    shiftLoads: once(() => shiftLoads(shown(), shifts, timeZone)),
    judged: {
      alert: judgedBy(alert),
      encounter: byEncounter,
      patient: judgedBy(patient),
    },
    labelled: once(() => asLabelled(byEncounter(), timeZone)),
    scores: once(() =>
      scores
        .filter(({ status }) => status === 'final')
        .map((row) => ({ ...row, week: row.scored_week })),
    ),
    judgements: once(() => judgements(reviews, decisions)),
    treatments: once(() =>
      treatments(reach(), outcomes, encounters, { until: until(), qualifying }),
    ),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** How far the tables reach: what lasts is counted until then, so that no clock is needed. */
function lastInstant({
  exposures = [],
  decisions = [],
  encounters = [],
  scores = [],
}: Tables): number {
  let last = Number.NEGATIVE_INFINITY;
  const see = (at: number | null): void => {
    if (at !== null && at > last) last = at;
  };
  for (const row of exposures) see(row.displayed_at);
  for (const row of decisions) see(row.decided_at);
  for (const row of scores) see(row.scored_at);
  for (const row of encounters) for (const at of [row.stay_start, row.stay_end]) see(at);
  return last;
}
