import type { Problem } from '#src/domain/problem.ts';
import type { Sourced, SourcedTables } from '#src/domain/tables/derive/sourced.ts';
import { CONNECTION_CHECK_TAG, ITEM } from '../codes.ts';
import { isItem } from '../feedback/read-stored.ts';
import { get, objects, problem } from '../read.ts';
import { resourceType } from '../reference.ts';
import { toChangeRows } from './change-rows.fhir.ts';
import { toDecisionRows } from './decision-rows.fhir.ts';
import { toEncounterRows } from './encounter-rows.fhir.ts';
import { toExposureRows } from './exposure-rows.fhir.ts';
import { type FlowsheetCell, toFlowsheetCells } from './flowsheet-rows.ts';
import { toIncidentRows } from './incident-rows.fhir.ts';
import { toModelRows } from './model-rows.fhir.ts';
import { toNoteDecisions } from './note-rows.fhir.ts';
import { toOutcomeRows } from './outcome-rows.fhir.ts';
import { toPatientFacts } from './patient-facts.fhir.ts';
import { toRecommendationRows } from './recommendation-rows.fhir.ts';
import { toReviewRows } from './review-rows.fhir.ts';
import type { PreparedContext } from './table-context.ts';

/** What one resource gives to the tables. */
export type ReadRows = Partial<SourcedTables> & {
  /** Flowsheet rows make an answer only together (`toFlowsheetDecisions`). */
  readonly flowsheet?: readonly Sourced<FlowsheetCell>[];
  readonly problems?: readonly Problem[];
};

/** Written by a connection check and by nobody’s hand, retracted or not. Other test data stays. */
const isConnectionCheck = (resource: unknown): boolean =>
  objects(get(get(resource, 'meta'), 'tag')).some(
    (tag) =>
      get(tag, 'system') === CONNECTION_CHECK_TAG.system &&
      get(tag, 'code') === CONNECTION_CHECK_TAG.code,
  );

function readObservation(resource: unknown, context: PreparedContext): ReadRows {
  if (isConnectionCheck(resource)) return {};
  if (isItem(resource, ITEM.response)) return toDecisionRows(resource, context);
  if (isItem(resource, ITEM.displayed)) return toExposureRows(resource, context);
  const changes = toChangeRows(resource, context);
  if (changes.length > 0) return { changes };
  const reviews = toReviewRows(resource, context);
  if (reviews.length > 0) return { reviews };
  const flowsheet = toFlowsheetCells(resource, context);
  if (flowsheet.length > 0) return { flowsheet };
  return advised(resource, context);
}

/** Of a patient's chart: what an AI said, or what a rule of the site is looking for. */
const advised = (resource: unknown, context: PreparedContext): ReadRows => ({
  ...toRecommendationRows(resource, context),
  outcomes: toOutcomeRows(resource, context),
});

/** One resource, by itself, of any type; never throws. What gives no row gives nothing. */
export function readRows(resource: unknown, context: PreparedContext): ReadRows {
  switch (get(resource, 'resourceType')) {
    case 'Observation':
      return readObservation(resource, context);
    case 'Device':
      return { models: toModelRows(resource, context) };
    case 'Patient':
      return { patients: toPatientFacts(resource, context) };
    case 'Encounter':
      return { encounters: toEncounterRows(resource, context) };
    case 'DocumentReference':
      return { decisions: toNoteDecisions(resource, context) };
    case 'AdverseEvent':
      return { incidents: toIncidentRows(resource, context) };
    default:
      if (resourceType(resource) === undefined)
        return { problems: [problem('malformed', 'A line holds no FHIR resource.')] };
      return advised(resource, context);
  }
}
