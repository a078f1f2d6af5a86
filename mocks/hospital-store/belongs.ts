import type { FhirResource, Observation } from 'fhir/r4';
import { AI_TRANSPARENCY, LABEL, SYSTEM } from '#src/fhir/codes.ts';

/**
 * What a hospital store holds in the EHR's place: AI output by its label, the models, their cards and
 * states, and the answers so far.
 */
export function comesWithAi(resource: FhirResource): boolean {
  if (resource.resourceType === 'Device') return true;
  return isAiOutput(resource) || isModelCard(resource) || isFeedback(resource);
}

/** The registry of models is in the store of a hospital that has one, wherever the AI writes. */
export const isRegistry = (resource: FhirResource): boolean =>
  resource.resourceType === 'Device' ||
  (isFeedback(resource) &&
    resource.code.coding?.some(({ code }) => code === 'model-state') === true);

const isAiOutput = ({ meta }: FhirResource): boolean =>
  meta?.security?.some(
    ({ system, code }) => system === SYSTEM.observationValue && code === LABEL.ai,
  ) ?? false;

const isModelCard = (resource: FhirResource): boolean =>
  resource.resourceType === 'DocumentReference' &&
  (resource.type?.coding?.some(({ system }) => system === AI_TRANSPARENCY.inputs) ?? false);

const isFeedback = (resource: FhirResource): resource is Observation =>
  resource.resourceType === 'Observation' &&
  (resource.code.coding?.some(({ system }) => system === SYSTEM.feedbackItem) ?? false);
