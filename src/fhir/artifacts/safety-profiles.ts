import type { ElementDefinition, StructureDefinition } from 'fhir/r4';
import { SYSTEM } from '../codes.ts';
import { INCIDENT_ITEM, INCIDENT_PROFILE, INCIDENT_SYSTEM } from '../governance/incident-terms.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { element, invariant, profile, reference } from './profile-parts.ts';

const ownIdentifier = (type: string, source: string) =>
  invariant(
    'cf-identifier',
    'The identifier is a urn:uuid.',
    `${type}.identifier.all(system = '${SYSTEM.uri}' and value.startsWith('urn:uuid:'))`,
    source,
  );

const feedbackItem = (code: string) => ({
  patternCodeableConcept: { coding: [{ system: SYSTEM.feedbackItem, code }] },
});

const patient = (id: string): ElementDefinition =>
  element(id, { min: 1, type: reference('Patient') });

function event(): StructureDefinition {
  const url = INCIDENT_PROFILE.event;
  const tagged = invariant(
    'cf-tag',
    'The identifier is a tag too: R4 has no search by identifier here.',
    'meta.tag.where(code = %resource.identifier.value).exists()',
    url,
  );
  const kind = invariant(
    'cf-kind',
    'The report says what happened: near miss, reached the patient, or unsafe condition.',
    `category.coding.where(system = '${INCIDENT_SYSTEM.kind}').count() = 1`,
    url,
  );
  return profile(
    'SafetyReport',
    'Safety report about an AI model',
    url,
    'What a clinician reported about an AI recommendation, with the evidence frozen at that moment. For the hospital store only. Without `recorder` the name is withheld.',
    [
      element('AdverseEvent', { constraint: [ownIdentifier('AdverseEvent', url), tagged, kind] }),
      element('AdverseEvent.meta', { min: 1 }),
      element('AdverseEvent.identifier', { min: 1 }),
      element('AdverseEvent.category', { min: 1, max: '1' }),
      element('AdverseEvent.event', { min: 1, ...feedbackItem(INCIDENT_ITEM.event) }),
      patient('AdverseEvent.subject'),
      element('AdverseEvent.date', { min: 1 }),
      element('AdverseEvent.recordedDate', { min: 1 }),
      element('AdverseEvent.recorder', { type: reference('Practitioner', 'PractitionerRole') }),
      element('AdverseEvent.suspectEntity', { min: 1, max: '1' }),
      element('AdverseEvent.suspectEntity.instance', { type: reference('Device') }),
      element('AdverseEvent.referenceDocument', { min: 1, max: '1' }),
    ],
    'AdverseEvent',
  );
}

function evidence(): StructureDefinition {
  const url = INCIDENT_PROFILE.evidence;
  const whole = invariant(
    'cf-evidence',
    'The evidence is FHIR as JSON, with its SHA-1.',
    "content.attachment.all(contentType = 'application/fhir+json' and hash.exists())",
    url,
  );
  return profile(
    'SafetyEvidence',
    'Evidence of a safety report',
    url,
    'What was on the screen, what was read and what was answered when a safety concern was reported: a Bundle that is never made anew.',
    [
      element('DocumentReference', {
        constraint: [ownIdentifier('DocumentReference', url), whole],
      }),
      element('DocumentReference.masterIdentifier', { min: 1 }),
      element('DocumentReference.identifier', { min: 1, max: '1' }),
      element('DocumentReference.type', { min: 1, ...feedbackItem(INCIDENT_ITEM.evidence) }),
      patient('DocumentReference.subject'),
      element('DocumentReference.date', { min: 1 }),
      element('DocumentReference.content', { max: '1' }),
      element('DocumentReference.context', { min: 1 }),
      element('DocumentReference.context.related', { min: 1 }),
    ],
    'DocumentReference',
  );
}

function task(): StructureDefinition {
  const url = INCIDENT_PROFILE.task;
  return profile(
    'SafetyTask',
    'Work on a safety report',
    url,
    'One for each report: its state, its clocks and who has it.',
    [
      element('Task', { constraint: [ownIdentifier('Task', url)] }),
      element('Task.identifier', { min: 1, max: '1' }),
      element('Task.code', {
        min: 1,
        patternCodeableConcept: { coding: [{ system: GOVERNANCE_TASK.system, code: 'incident' }] },
      }),
      element('Task.focus', { min: 1, type: reference('AdverseEvent') }),
      element('Task.for', { min: 1, type: reference('Patient') }),
      element('Task.authoredOn', { min: 1 }),
    ],
    'Task',
  );
}

/** The three resources that a safety report becomes. */
export const safetyProfiles = (): readonly StructureDefinition[] => [event(), evidence(), task()];
