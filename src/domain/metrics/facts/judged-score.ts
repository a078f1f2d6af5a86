import type { OutcomeRow } from '#src/domain/tables/outcomes.ts';
import type { ScoreRow } from '#src/domain/tables/scores.ts';
import type { Sliceable } from '../slices.ts';

/** What a share of alerts is a share of; figures from different units cannot be compared. */
export const ACCURACY_UNITS = ['alert', 'encounter', 'patient'] as const;
export type AccuracyUnit = (typeof ACCURACY_UNITS)[number];

/** What accuracy is counted from. */
export interface Judged extends Sliceable {
  /** Fired in time: not after what it was to foretell. Null where no threshold is known. */
  readonly fired: boolean | null;
  /** Null: not labelled yet, or nobody can know. */
  readonly label: boolean | null;
  /** An event without a time: nobody can say whether it was within the horizon. */
  readonly untimed: boolean;
  readonly critical: boolean;
  readonly censored: boolean;
}

/** A score, or all scores of one model about one encounter or patient, with what came of it. */
export interface JudgedScore extends ScoreRow, Omit<Judged, keyof Sliceable> {
  readonly fired: boolean | null;
  readonly week: string | null;
  /** Epoch ms at which the hospital knew the label; null without one. No monitor may use it before. */
  readonly known_at: number | null;
}

const HOUR = 3_600_000;

/** Labels by what they are about: one recommendation, an encounter, a patient. */
interface Labels {
  readonly recommendation: ReadonlyMap<string | null, readonly OutcomeRow[]>;
  readonly encounter: ReadonlyMap<string | null, readonly OutcomeRow[]>;
  readonly patient: ReadonlyMap<string | null, readonly OutcomeRow[]>;
}

/**
 * Scores joined with labels of the same outcome. `alert`: every score by itself, true where the event
 * began within its horizon. `encounter`, `patient`: all scores of a model version together, fired where
 * any fired before the event. Rows that name no encounter or patient are left out there.
 */
export function judgedScores(
  scores: readonly ScoreRow[],
  outcomes: readonly OutcomeRow[],
  unit: AccuracyUnit,
): readonly JudgedScore[] {
  const all = outcomes.filter(({ kind, status }) => kind === 'label' && status === 'final');
  const valid = scores.filter(({ status }) => status === 'final');
  if (unit === 'alert') {
    const labels: Labels = {
      recommendation: Map.groupBy(all, (row) => row.recommendation_id),
      encounter: Map.groupBy(all, (row) => row.encounter_id),
      patient: Map.groupBy(all, (row) => row.patient_id),
    };
    return valid.map((row) => judgedAlert(row, alertLabels(row, labels)));
  }
  const subject = unit === 'patient' ? ('patient_id' as const) : ('encounter_id' as const);
  const labels = Map.groupBy(all, (row) => row[subject]);
  return [...Map.groupBy(valid, (row) => row[subject])].flatMap(([id, rows]) =>
    id === null
      ? []
      : ofOneModel(rows).map((group) => judgedTogether(group, of(group[0], labels.get(id)))),
  );
}

type Group = [ScoreRow, ...ScoreRow[]];

/** A subject has a handful of scores: looking through them costs less than a key for each. */
function ofOneModel(rows: readonly ScoreRow[]): readonly Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const own = groups.find(
      ([one]) =>
        one.model_id === row.model_id &&
        one.model_version === row.model_version &&
        one.outcome_code === row.outcome_code,
    );
    if (own) own.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** A score that does not say what it foretells is held against every label. */
const of = (row: ScoreRow, labels: readonly OutcomeRow[] = []): readonly OutcomeRow[] =>
  labels.filter((one) => row.outcome_code === null || one.outcome_code === row.outcome_code);

/** The label made for this very recommendation, else the encounter's, else the patient's. */
function alertLabels(row: ScoreRow, labels: Labels): readonly OutcomeRow[] {
  const own = labels.recommendation.get(row.score_id);
  if (own) return of(row, own);
  const { encounter_id, patient_id } = row;
  if (encounter_id !== null) return of(row, labels.encounter.get(encounter_id));
  return patient_id === null ? [] : of(row, labels.patient.get(patient_id));
}

function judgedAlert(row: ScoreRow, labels: readonly OutcomeRow[]): JudgedScore {
  const events = labels.filter(({ label }) => label === true);
  const inHorizon = events.filter((event) => within(row, event));
  // Made for this recommendation, a label needs no time to belong to it.
  const untimed = events.some(
    (event) =>
      event.recommendation_id !== row.score_id &&
      (event.happened_at === null || row.scored_at === null),
  );
  const known = labels.some(({ label }) => label !== null);
  const label = inHorizon.length > 0 ? true : known && !untimed ? false : null;
  return {
    ...row,
    week: row.scored_week,
    label,
    untimed: untimed && inHorizon.length === 0,
    critical: inHorizon.some(({ critical }) => critical === true),
    censored: labels.some(({ censored }) => censored) && inHorizon.length === 0,
    known_at: knownAt(inHorizon.length > 0 ? inHorizon : labels, label),
  };
}

function within(row: ScoreRow, { happened_at, recommendation_id }: OutcomeRow): boolean {
  if (recommendation_id === row.score_id) return true;
  if (happened_at === null || row.scored_at === null) return false;
  const hours = (happened_at - row.scored_at) / HOUR;
  return hours >= 0 && hours <= (row.horizon_h ?? Infinity);
}

function judgedTogether(group: Group, labels: readonly OutcomeRow[]): JudgedScore {
  const events = labels.filter(({ label }) => label === true);
  const event = Math.min(...events.map(({ happened_at }) => happened_at ?? Infinity));
  let firing: ScoreRow | undefined;
  let [highest] = group;
  for (const row of group) {
    const inTime = row.scored_at === null || row.scored_at <= event;
    if (row.fired === true && inTime && (!firing || earlier(row, firing))) firing = row;
    const by = (row.score ?? -Infinity) - (highest.score ?? -Infinity);
    if (by > 0 || (row.score === highest.score && earlier(row, highest))) highest = row;
  }
  const row = firing ?? highest;
  const fired = firing ? true : group.some((one) => one.fired !== null) ? false : null;
  const none = labels.filter(({ label }) => label === false);
  const label = events.length > 0 ? true : none.length > 0 ? false : null;
  return {
    ...row,
    week: row.scored_week,
    fired,
    untimed: false,
    label,
    known_at: knownAt(events.length > 0 ? events : none, label),
    critical: events.some(({ critical }) => critical === true),
    censored: events.length === 0 && labels.some(({ censored }) => censored),
  };
}

const earlier = (a: ScoreRow, b: ScoreRow): boolean => (a.scored_at ?? 0) < (b.scored_at ?? 0);

/** When the first of the labels that say so was known; where a table does not tell, when it happened. */
function knownAt(labels: readonly OutcomeRow[], label: boolean | null): number | null {
  if (label === null) return null;
  let first: number | null = null;
  for (const row of labels) {
    const at = row.label_at ?? row.recorded_at ?? row.happened_at;
    if (at !== null) first = Math.min(at, first ?? Infinity);
  }
  return first;
}
