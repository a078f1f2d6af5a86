import type { OutcomeRow } from '#src/domain/tables/outcomes.ts';
import type { ScoreRow } from '#src/domain/tables/scores.ts';

/** What a share of alerts is a share of; figures from different units cannot be compared. */
export const ACCURACY_UNITS = ['alert', 'encounter', 'patient'] as const;
export type AccuracyUnit = (typeof ACCURACY_UNITS)[number];

/** A score, or all scores of one model about one encounter or patient, with what came of it. */
export interface JudgedScore extends ScoreRow {
  readonly week: string | null;
  /** Fired in time: not after what it was to foretell. Null where no threshold is known. */
  readonly fired: boolean | null;
  /** Null: not labelled yet, or nobody can know. */
  readonly label: boolean | null;
  /** An event without a time: nobody can say whether it was within the horizon. */
  readonly untimed: boolean;
  readonly critical: boolean;
  readonly censored: boolean;
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
  const labels: Labels = {
    recommendation: Map.groupBy(all, (row) => row.recommendation_id),
    encounter: Map.groupBy(all, (row) => row.encounter_id),
    patient: Map.groupBy(all, (row) => row.patient_id),
  };
  const valid = scores.filter(({ status }) => status === 'final');
  if (unit === 'alert') return valid.map((row) => judgedAlert(row, alertLabels(row, labels)));
  const subject = (row: ScoreRow) => (unit === 'patient' ? row.patient_id : row.encounter_id);
  const groups = Map.groupBy(
    valid.filter((row) => subject(row) !== null),
    (row) => JSON.stringify([subject(row), row.model_id, row.model_version, row.outcome_code]),
  );
  return [...groups.values()].flatMap((group) => {
    const [any] = group;
    return any ? [judgedTogether(group, any, of(any, labels[unit].get(subject(any))))] : [];
  });
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

function judgedTogether(
  group: readonly ScoreRow[],
  any: ScoreRow,
  labels: readonly OutcomeRow[],
): JudgedScore {
  const events = labels.filter(({ label }) => label === true);
  const event = Math.min(...events.map(({ happened_at }) => happened_at ?? Infinity));
  const inOrder = group.toSorted((a, b) => (a.scored_at ?? 0) - (b.scored_at ?? 0));
  const inTime = inOrder.filter(({ scored_at }) => scored_at === null || scored_at <= event);
  const firing = inTime.find(({ fired }) => fired === true);
  const highest = inOrder.toSorted((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity))[0];
  const row = firing ?? highest ?? any;
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

/** When the first of the labels that say so was known; where a table does not tell, when it happened. */
function knownAt(labels: readonly OutcomeRow[], label: boolean | null): number | null {
  if (label === null) return null;
  const times = labels.flatMap((row) => row.label_at ?? row.recorded_at ?? row.happened_at ?? []);
  return times.length === 0 ? null : Math.min(...times);
}
