import type { FhirResource } from 'fhir/r4';
import type { Archive, Asked } from '#mocks/fhir/archive.ts';
import { ITEM } from '#src/fhir/codes.ts';
import { pastAnswer, pastExposure } from './feedback.ts';
import { idOf, uuidOf } from './fields.ts';
import { pastInference } from './inference.ts';
import { pastAction, pastFinding } from './outcomes.ts';
import type { Past } from './past.ts';
import { pastPatient } from './people.ts';
import { type Shelf, shelf, together } from './shelf.ts';
import { pastEncounter } from './stays.ts';

/** Half a year as FHIR. Rows stay rows until one of them is asked for. */
export function archiveOf(past: Past): Archive {
  const stays = [...Map.groupBy(past.encounters, (row) => row.encounter_id).values()];
  const first = stays.flatMap((all) => all[0] ?? []);
  const findings = past.outcomes.filter(({ kind }) => kind === 'label');
  const actions = past.outcomes.filter(({ kind }) => kind === 'action');
  const shelves: Readonly<Record<string, Shelf>> = {
    Patient: shelf(first, {
      id: (row) => idOf(row.patient_id),
      patient: (row) => idOf(row.patient_id),
      updated: (row) => row.stay_start,
      make: pastPatient,
    }),
    Encounter: shelf(stays, {
      id: ([row]) => idOf(row?.encounter_id ?? null),
      patient: ([row]) => idOf(row?.patient_id ?? null),
      updated: ([row]) => row?.encounter_end ?? null,
      date: ([row]) => row?.encounter_end ?? null,
      words: { status: () => 'finished' },
      make: pastEncounter,
    }),
    RiskAssessment: shelf(past.scores, {
      id: (row) => idOf(row.score_id),
      patient: (row) => idOf(row.patient_id),
      updated: (row) => row.recorded_at,
      date: (row) => row.scored_at,
      make: pastInference,
    }),
    Observation: together(
      shelf(past.decisions, {
        id: (row) => uuidOf(row.decision_id),
        patient: (row) => idOf(row.patient_id),
        updated: (row) => row.recorded_at,
        date: (row) => row.decided_at,
        words: { code: () => ITEM.response, _security: () => 'CLINAST' },
        make: pastAnswer,
      }),
      shelf(past.exposures, {
        id: (row) => uuidOf(row.exposure_id),
        patient: (row) => idOf(row.patient_id),
        updated: (row) => row.recorded_at,
        date: (row) => row.displayed_at,
        words: { code: () => ITEM.displayed, _security: () => 'DEVAST' },
        make: pastExposure,
      }),
    ),
    Condition: shelf(findings, {
      id: (row) => idOf(row.outcome_id),
      patient: (row) => idOf(row.patient_id),
      updated: (row) => row.recorded_at,
      words: { code: (row) => row.rule },
      make: pastFinding,
    }),
    Procedure: shelf(actions, {
      id: (row) => idOf(row.outcome_id),
      patient: (row) => idOf(row.patient_id),
      updated: (row) => row.recorded_at,
      date: (row) => row.happened_at,
      words: { code: (row) => row.rule },
      make: pastAction,
    }),
  };
  const of = (type: string): Shelf | undefined =>
    Object.hasOwn(shelves, type) ? shelves[type] : undefined;
  return {
    types: Object.keys(shelves),
    count: (type) => of(type)?.size ?? 0,
    has: (type, id) => of(type)?.has(id) ?? false,
    read: (type, id): FhirResource | undefined => of(type)?.read(id),
    ids: (type: string, asked: readonly Asked[]) => of(type)?.ids(asked) ?? [],
  };
}
