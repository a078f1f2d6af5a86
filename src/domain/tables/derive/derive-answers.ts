import type { DecisionRow } from '../decisions.ts';
import type { ExposureRow } from '../exposures.ts';
import type { OutcomeRow } from '../outcomes.ts';
import type { RecommendationRow } from '../recommendations.ts';
import { actionFinder, adherence } from './adherence.ts';
import { withoutRemnants } from './chart-remnants.ts';
import { countExposures } from './counters.ts';
import type { Frame } from './frame.ts';
import { byDecision } from './heads.ts';
import { impliedExposures } from './implied-exposures.ts';
import { type FindRecommendation, recommendationFinder } from './known-recommendations.ts';
import { lastVersions, oneOfCopies, rowsOfLastVersions } from './one-of-copies.ts';
import { linkDecisions } from './replaced-answers.ts';
import { decidedAt, unitKey } from './response-units.ts';
import { CLOCK_TOLERANCE_MS } from './settings.ts';
import type { SourcedTables } from './sourced.ts';
import { subgroup } from './subgroups.ts';
import { timeQuality } from './time-quality.ts';

type Answering = Pick<
  DecisionRow & ExposureRow,
  'patient_id' | 'encounter_id' | 'model_id' | 'model_version' | 'unit' | 'site'
> &
  Pick<DecisionRow, 'risk_band' | 'arm' | 'model_state'>;

/**
 * What the row says itself stands; what it does not say is the recommendation's. The patient is always
 * the recommendation's: another store has its own number for the same one.
 */
function completed(
  row: Answering,
  about: RecommendationRow | undefined,
  at: number | null,
  frame: Frame,
): Answering & ReturnType<typeof subgroup> {
  const patient_id = about?.patient_id ?? row.patient_id;
  const encounter_id = row.encounter_id ?? about?.encounter_id ?? null;
  const named = row.model_id === null ? about : row;
  const unit = row.unit ?? frame.places.unitAt(encounter_id, at) ?? about?.unit ?? null;
  const model = {
    model_id: named?.model_id ?? null,
    model_version: named?.model_version ?? null,
  };
  return {
    ...subgroup(frame.patient(patient_id), at),
    patient_id,
    encounter_id,
    ...model,
    model_state: row.model_state ?? frame.models.stateAt(model, at),
    unit,
    site: row.site ?? frame.places.siteOf(unit),
    risk_band: row.risk_band ?? about?.risk_band ?? null,
    arm: row.arm ?? about?.arm ?? null,
  };
}

function withPlaceAndTime(row: DecisionRow, find: FindRecommendation, frame: Frame): DecisionRow {
  const about = find(row);
  const time_quality = timeQuality(row.decided_at, row.recorded_at, about?.fired_at ?? null);
  const at = decidedAt({ ...row, time_quality });
  const whole = completed(row, about, at, frame);
  const local = frame.places.localTime(whole.site, at);
  return {
    ...row,
    ...whole,
    time_quality,
    decided_week: local?.week ?? null,
    decided_hour: local?.hour ?? null,
  };
}

type UnitOf = (row: ExposureRow) => string | null;

/** An exposure says no unit. Where no stay tells, it is that of the answer that followed. */
function answeredOn(decisions: readonly DecisionRow[]): UnitOf {
  const inOrder = decisions.filter(({ unit }) => unit !== null).toSorted(byDecision);
  const first = new Map(inOrder.toReversed().map((row) => [unitKey(row), row.unit]));
  return (row) => first.get(unitKey(row)) ?? null;
}

function displayed(
  row: ExposureRow,
  find: FindRecommendation,
  unitOf: UnitOf,
  frame: Frame,
): ExposureRow {
  const about = find(row);
  const time_quality = timeQuality(row.displayed_at, row.recorded_at, about?.fired_at ?? null);
  const at = time_quality === 'ahead-of-server' ? row.recorded_at : row.displayed_at;
  const encounter = row.encounter_id ?? about?.encounter_id ?? null;
  const unit = row.unit ?? frame.places.unitAt(encounter, at) ?? unitOf(row);
  const whole = completed({ ...row, unit }, about, at, frame);
  const local = frame.places.localTime(whole.site, at);
  return {
    ...row,
    ...whole,
    time_quality,
    displayed_week: local?.week ?? null,
    displayed_hour: local?.hour ?? null,
  };
}

/** The last one before the answer, by clocks that may differ a little. */
function exposureOf(row: DecisionRow, shown: readonly ExposureRow[] | undefined): string | null {
  const at = decidedAt(row);
  const before = (shown ?? []).filter(
    (one) => at === null || (one.displayed_at ?? -Infinity) <= at + CLOCK_TOLERANCE_MS,
  );
  const inOrder = before.toSorted(
    (a, b) =>
      (a.displayed_at ?? -Infinity) - (b.displayed_at ?? -Infinity) ||
      (a.exposure_id < b.exposure_id ? -1 : 1),
  );
  return inOrder.at(-1)?.exposure_id ?? null;
}

export interface Answers {
  readonly decisions: readonly DecisionRow[];
  readonly exposures: readonly ExposureRow[];
}

/** Decisions and exposures, each once, linked to one another and to what they are about. */
export function deriveAnswers(
  read: SourcedTables,
  recommendations: readonly RecommendationRow[],
  outcomes: readonly OutcomeRow[],
  frame: Frame,
): Answers {
  const find = recommendationFinder(recommendations);
  const decisions = linkDecisions(
    withoutRemnants(rowsOfLastVersions(read.decisions), recommendations),
    read.unread,
  ).map((row) => withPlaceAndTime(row, find, frame));
  const unitOf = answeredOn(decisions);
  const recorded = oneOfCopies(lastVersions(read.exposures), ({ row }) => row.exposure_id).map(
    ({ row }) => displayed(row, find, unitOf, frame),
  );
  const implied = impliedExposures(recorded, decisions).map((row) =>
    displayed(row, find, unitOf, frame),
  );
  const exposures = countExposures([...recorded, ...implied]);
  const shown = Map.groupBy(
    exposures.filter(({ status }) => status === 'final'),
    unitKey,
  );
  const actionsAfter = actionFinder(outcomes);
  return {
    exposures,
    decisions: decisions.map((row) => ({
      ...row,
      exposure_id: exposureOf(row, shown.get(unitKey(row))),
      ...adherence(row, actionsAfter(row), frame.models.settingsOf(row)),
    })),
  };
}
