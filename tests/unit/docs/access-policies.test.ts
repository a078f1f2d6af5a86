import { readFileSync } from 'node:fs';
import { evalFhirPathTyped, satisfiedAccessPolicy, toTypedValue } from '@medplum/core';
import type { AccessPolicy, Bundle, Resource } from '@medplum/fhirtypes';
import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ensureDefinitions } from '#mocks/fhir/definitions.ts';
import { AI_TRANSPARENCY, DEVICE_CATEGORY, FEEDBACK_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';

import { anAnswer } from '#tests/support/queued-answers.ts';

// Criteria are searches: their parameters must be known.
ensureDefinitions();

const { entry = [] } = JSON.parse(
  readFileSync('docs/medplum/access-policies.json', 'utf8'),
) as Bundle<AccessPolicy>;
const policies = new Map(
  entry.flatMap(({ resource }) => (resource ? [[resource.name ?? '', resource]] : [])),
);
const of = (role: string): AccessPolicy => {
  const found = policies.get(`clinician-feedback-${role}`);
  if (!found) throw new Error(`There is no policy for ${role}.`);
  return found;
};

type Interaction = Parameters<typeof satisfiedAccessPolicy>[1];
const entryFor = (role: string, interaction: Interaction, resource: object) =>
  satisfiedAccessPolicy(resource as Resource, interaction, of(role));
const may = (role: string, interaction: Interaction, resource: object): boolean =>
  entryFor(role, interaction, resource) !== undefined;

const concept = (system: string, code: string) => ({ coding: [{ system, code }] });
const answer: Observation = {
  ...toObservation(anAnswer('urn:uuid:00000000-0000-4000-8000-000000000001'), {
    hospitalStore: true,
    hideFromPatient: false,
  }),
  id: 'o1',
};
const lactate = {
  resourceType: 'Observation',
  status: 'final',
  category: [concept('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
  code: concept('http://loinc.org', '2524-7'),
};
const report = {
  ...lactate,
  category: [concept(SYSTEM.feedbackCategory, DEVICE_CATEGORY)],
};
const state = { ...lactate, code: concept(SYSTEM.feedbackItem, 'model-state') };
const patient = { resourceType: 'Patient', id: '77' };
const risk = { resourceType: 'RiskAssessment', status: 'final' };
const order = { resourceType: 'ServiceRequest', intent: 'order', status: 'active' };
const proposal = { ...order, intent: 'proposal' };
const card = {
  resourceType: 'DocumentReference',
  type: concept(AI_TRANSPARENCY.inputs, 'AIModelCard'),
};
const audit = { resourceType: 'AuditEvent' };

describe('docs/medplum/access-policies.json, judged by Medplum’s own functions', () => {
  it('has a policy for each role', () => {
    expect([...policies.keys()].map((name) => name.replace('clinician-feedback-', ''))).toEqual([
      'clinician',
      'informatics',
      'researcher',
      'reviewer',
      'owner',
      'approver',
      'committee',
      'safety-officer',
      'auditor',
    ]);
  });

  it.each<[string, Interaction, object, boolean]>([
    ['clinician', 'read', patient, true],
    ['clinician', 'update', patient, false],
    ['clinician', 'search', risk, true],
    ['clinician', 'create', risk, false],
    ['clinician', 'read', proposal, true],
    ['clinician', 'read', order, false],
    ['clinician', 'read', card, true],
    ['clinician', 'read', { ...card, type: concept('http://loinc.org', '11506-3') }, false],
    ['clinician', 'create', answer, true],
    ['clinician', 'create', report, true],
    ['clinician', 'create', lactate, false],
    ['clinician', 'read', lactate, true],
    ['clinician', 'create', state, false],
    ['clinician', 'delete', answer, false],
    ['clinician', 'read', audit, false],
    ['informatics', 'read', answer, true],
    ['informatics', 'create', answer, false],
    ['informatics', 'update', answer, false],
    ['informatics', 'search', audit, true],
    ['researcher', 'read', answer, true],
    ['researcher', 'read', lactate, false],
    ['researcher', 'read', audit, false],
    ['researcher', 'create', answer, false],
    ['researcher', 'read', { resourceType: 'Practitioner' }, false],
    ['owner', 'create', state, false],
    ['owner', 'create', answer, false],
    ['owner', 'update', answer, false],
    ['clinician', 'create', audit, true],
    ['clinician', 'update', audit, false],
    ['auditor', 'search', audit, true],
    ['auditor', 'create', audit, false],
    ['owner', 'update', { resourceType: 'Task' }, false],
    ['owner', 'delete', { resourceType: 'Task' }, false],
  ])('%s may %s %o: %s', (role, interaction, resource, expected) => {
    expect(may(role, interaction, resource)).toBe(expected);
  });

  it('hides from informatics who the patient is, and from researchers what was written freely', () => {
    for (const role of ['informatics', 'researcher', 'owner'])
      expect(entryFor(role, 'read', patient)?.hiddenFields).toEqual(
        expect.arrayContaining(['name', 'identifier', 'address', 'telecom']),
      );
    expect(entryFor('researcher', 'read', answer)?.hiddenFields).toContain('note');
  });

  it.each<[string, Partial<Observation>, boolean]>([
    ['taken back', { status: 'entered-in-error' }, true],
    ['said to be something else', { valueCodeableConcept: { text: 'accepted' } }, false],
    [
      'taken back, and changed on the way',
      { status: 'entered-in-error', focus: [{ reference: 'RiskAssessment/other' }] },
      false,
    ],
    ['given to another patient', { subject: { reference: 'Patient/other' } }, false],
    ['left as it is', {}, false],
  ])('an answer of a clinician may be %s: %s', (_what, change, expected) => {
    const constraints = entryFor('clinician', 'update', answer)?.writeConstraint ?? [];
    expect(constraints.length).toBeGreaterThan(0);
    const [before, after] = [answer, { ...answer, ...change }].map((one) =>
      toTypedValue(one as Resource),
    );
    const holds = constraints.every(
      ({ expression = '' }) =>
        evalFhirPathTyped(expression, after ? [after] : [], {
          ...(before && { '%before': before }),
          ...(after && { '%after': after }),
        })[0]?.value === true,
    );
    expect(holds).toBe(expected);
  });

  it('knows our codes by the names that the app writes', () => {
    const text = readFileSync('docs/medplum/access-policies.json', 'utf8');
    expect(text).toContain(`${SYSTEM.feedbackCategory}|${FEEDBACK_CATEGORY}`);
    expect(text).toContain(`${SYSTEM.feedbackCategory}|${DEVICE_CATEGORY}`);
  });
});
