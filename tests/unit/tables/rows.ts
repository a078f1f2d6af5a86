import { makeRow, type RowInput } from '#src/domain/tables/column.ts';
import { DECISIONS, type DecisionRow } from '#src/domain/tables/decisions.ts';
import { EXPOSURES, type ExposureRow } from '#src/domain/tables/exposures.ts';

/** Friday, 2 October 2026, 10:00 in Greenwich. */
export const T0 = Date.UTC(2026, 9, 2, 10);
export const HOUR = 3_600_000;

const KEY = {
  recommendation_id: 'RiskAssessment/r1',
  recommendation_version: '1',
  clinician_id: 'Practitioner/a',
  patient_id: 'Patient/p1',
  encounter_id: 'Encounter/e1',
  status: 'final',
  time_quality: 'ok',
} as const;

/** An acceptance at T0. */
export const decision = (more: Partial<RowInput<typeof DECISIONS>> = {}): DecisionRow =>
  makeRow(DECISIONS, {
    decision_id: 'd1',
    ...KEY,
    response: 'accepted',
    comment_present: false,
    sink: 'hospital-store',
    decided_at: T0,
    ...more,
  });

/** A recorded display at T0. */
export const exposure = (more: Partial<RowInput<typeof EXPOSURES>> = {}): ExposureRow =>
  makeRow(EXPOSURES, {
    exposure_id: 'x1',
    ...KEY,
    implied: false,
    displayed_at: T0,
    ...more,
  });
