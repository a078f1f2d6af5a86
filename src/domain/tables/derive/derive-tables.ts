import type { EncounterRow } from '../encounters.ts';
import type { ModelRow } from '../models.ts';
import type { OutcomeRow } from '../outcomes.ts';
import type { Tables } from '../schema.ts';
import { deriveAnswers } from './derive-answers.ts';
import { deriveRecommendations, deriveScores } from './derive-recommendations.ts';
import type { Frame } from './frame.ts';
import { inKeyOrder } from './in-key-order.ts';
import { knownAt } from './known-at.ts';
import { modelHistory } from './model-history.ts';
import { negativeLabels } from './negative-labels.ts';
import { lastVersions, oneOfCopies, rowsOfLastVersions } from './one-of-copies.ts';
import { places } from './places.ts';
import type { TableSettings } from './settings.ts';
import type { Sourced, SourcedTables } from './sourced.ts';
import { subgroup } from './subgroups.ts';

const rowsOf = <R extends object>(read: readonly Sourced<R>[], id: (row: R) => string) =>
  oneOfCopies(lastVersions(read), ({ row }) => id(row)).map(({ row }) => row);

function deriveOutcomes(
  read: SourcedTables,
  stays: readonly EncounterRow[],
  settings: TableSettings,
): readonly OutcomeRow[] {
  const found = rowsOfLastVersions(read.outcomes).map(({ row }) => row);
  return [...found, ...negativeLabels(stays, found, settings.negatives ?? [])];
}

function deriveModels(read: SourcedTables, frame: Frame, asOf: number | null): readonly ModelRow[] {
  const key = (row: ModelRow) => JSON.stringify([row.model_id, row.model_version]);
  return rowsOf(read.models, key).map((row) => {
    const { score_scale, horizon_h, outcome_code, high_risk } = frame.models.settingsOf(row) ?? {};
    return {
      ...row,
      model_state: frame.models.stateAt(row, asOf) ?? row.model_state,
      threshold: frame.models.thresholdAt(row, asOf),
      score_scale: score_scale ?? null,
      horizon_h: horizon_h ?? null,
      outcome_code: outcome_code ?? null,
      high_risk: high_risk ?? null,
    };
  });
}

const placed = (row: EncounterRow, frame: Frame): EncounterRow => ({
  ...row,
  ...subgroup(frame.patient(row.patient_id), row.stay_start),
  site: row.site ?? frame.places.siteOf(row.unit),
});

/**
 * The tables, from everything that was read: a function of the set, so that order, repetition and
 * lateness change nothing once the same resources are there. Rows come in the order of their keys.
 * Throws `UnknownTimeZoneError`.
 */
export function deriveTables(everything: SourcedTables, settings: TableSettings): Tables {
  const read = knownAt(everything, settings.asOf);
  const stays = rowsOfLastVersions(read.encounters).map(({ row }) => row);
  const changes = rowsOf(read.changes, (row) => row.change_id);
  const patients = new Map(
    lastVersions(read.patients).map(({ row }) => [row.patient_id, row] as const),
  );
  const frame: Frame = {
    places: places(settings, stays),
    models: modelHistory(changes, settings.models),
    patient: (id) => (id === null ? undefined : patients.get(id)),
  };
  const outcomes = deriveOutcomes(read, stays, settings);
  const recommendations = deriveRecommendations(read, frame);
  return inKeyOrder({
    scores: deriveScores(read, frame),
    recommendations,
    ...deriveAnswers(read, recommendations, outcomes, frame),
    outcomes,
    encounters: stays.map((row) => placed(row, frame)),
    reviews: rowsOf(read.reviews, (row) => row.review_id),
    models: deriveModels(read, frame, settings.asOf ?? null),
    changes,
    incidents: rowsOf(read.incidents, (row) => row.incident_id),
  });
}
