import { describe, expect, test } from 'vitest';
import { SYSTEM } from '#src/fhir/codes.ts';
import { toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import { toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import type { Issue } from '#tests/support/validation/issue.ts';
import { validateAgainstR4AndProfiles } from '#tests/support/validation/validate.ts';
import { exposure, fullAnswer, leanAnswer } from '../fhir-feedback/answers.ts';

const HOSPITAL = { hideFromPatient: true, hospitalStore: true };
const full = toObservation(fullAnswer, HOSPITAL);
const [focus] = full.focus ?? [];
const component = (code: string, value: object) => ({
  code: { coding: [{ system: SYSTEM.feedbackItem, code }] },
  ...value,
});
const withComponents = (...components: object[]) => ({ ...full, component: components });

describe('good resources pass', () => {
  test.each([
    ['a full answer', full],
    ['a lean answer', toObservation(leanAnswer, HOSPITAL)],
    [
      'an answer for the chart',
      toObservation(fullAnswer, { hideFromPatient: false, hospitalStore: false }),
    ],
    [
      'an answer in another store',
      toObservation(fullAnswer, {
        ...HOSPITAL,
        server: 'https://store.example.org/r4',
        subject: 'Patient/77',
      }),
    ],
    ['an exposure', toDisplayedObservation(exposure)],
    ['a provenance of an override', toProvenance(fullAnswer, 'Observation/o1')],
    ['a provenance of an acceptance', toProvenance(leanAnswer, 'Observation/o2')],
    ['a plain Observation', { resourceType: 'Observation', status: 'final', code: { text: 'x' } }],
  ])('%s', (_, resource) => {
    expectValid(resource);
  });
});

const bad: ReadonlyArray<readonly [string, Issue['by'], object]> = [
  [
    'status "bogus"',
    'terminology',
    { resourceType: 'Observation', status: 'bogus', code: { text: 'x' } },
  ],
  ['a status that feedback may not have', 'medplum', { ...full, status: 'preliminary' }],
  ['a required code of another resource', 'terminology', { resourceType: 'Patient', gender: 'f' }],
  [
    'a code nested in a data type',
    'terminology',
    { resourceType: 'Patient', telecom: [{ system: 'telepathy' }] },
  ],
  ['a type that R4 does not have', 'schema', { resourceType: 'Nonsense' }],
  [
    'a type that only later versions have',
    'schema',
    { resourceType: 'ActorDefinition', status: 'draft' },
  ],
  ['an unknown property', 'schema', { ...full, nonsense: 1 }],
  ['an unknown property, by a second validator', 'medplum', { ...full, nonsense: 1 }],
  [
    'a reference to a wrong type',
    'references',
    {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      encounter: { reference: 'Patient/1' },
    },
  ],
  [
    'an extension that refers to a wrong type',
    'references',
    {
      ...full,
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/event-location',
          valueReference: { reference: 'Patient/1' },
        },
      ],
    },
  ],
  [
    'a contained resource of a wrong type',
    'references',
    {
      ...full,
      contained: [{ resourceType: 'Group', id: 'g', type: 'person', actual: true }],
      encounter: { reference: '#g' },
    },
  ],
  [
    'a bad contained resource',
    'schema',
    { ...full, contained: [{ resourceType: 'Patient', id: 'p', nonsense: 1 }] },
  ],
  ['a Person as performer', 'references', { ...full, performer: [{ reference: 'Person/1' }] }],
  [
    'an organization as performer',
    'references',
    { ...full, performer: [{ reference: 'Organization/1' }] },
  ],
  [
    'two performers',
    'medplum',
    { ...full, performer: [...(full.performer ?? []), { reference: 'Practitioner/2' }] },
  ],
  ['missing focus', 'medplum', { ...full, focus: undefined }],
  ['two foci', 'medplum', { ...full, focus: [focus, focus] }],
  [
    'a versioned focus',
    'medplum',
    { ...full, focus: [{ ...focus, reference: 'RiskAssessment/r1/_history/2' }] },
  ],
  ['a focus by identifier only', 'medplum', { ...full, focus: [{ identifier: { value: 'x' } }] }],
  ['no identifier', 'medplum', { ...full, identifier: [] }],
  [
    'an identifier that is no uuid',
    'medplum',
    { ...full, identifier: [{ system: SYSTEM.uri, value: 'x' }] },
  ],
  ['no category', 'medplum', { ...full, category: [] }],
  [
    'another category',
    'medplum',
    {
      ...full,
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'vital-signs',
            },
          ],
        },
      ],
    },
  ],
  ['no label', 'medplum', { ...full, meta: { profile: full.meta?.profile } }],
  [
    'labelled as AI output',
    'medplum',
    {
      ...full,
      meta: {
        ...full.meta,
        security: [
          ...(full.meta?.security ?? []),
          { system: SYSTEM.observationValue, code: 'AIAST' },
        ],
      },
    },
  ],
  [
    'a profile of ours that we do not publish',
    'medplum',
    {
      ...full,
      meta: {
        ...full.meta,
        profile: ['https://clinician-feedback.example.org/fhir/StructureDefinition/nonsense'],
      },
    },
  ],
  ['the AI as device', 'medplum', { ...full, device: { reference: 'Device/ai' } }],
  ['a date without time', 'medplum', { ...full, effectiveDateTime: '2026-10-02' }],
  ['a time without offset', 'schema', { ...full, effectiveDateTime: '2026-10-02T10:00:00' }],
  ['no value', 'medplum', { ...full, valueCodeableConcept: undefined }],
  [
    'a response that we do not know',
    'terminology',
    { ...full, valueCodeableConcept: { coding: [{ system: SYSTEM.response, code: 'snoozed' }] } },
  ],
  [
    'a withdrawal of nothing',
    'medplum',
    {
      ...full,
      extension: undefined,
      valueCodeableConcept: { coding: [{ system: SYSTEM.response, code: 'withdrawn' }] },
    },
  ],
  [
    'free text in a component',
    'medplum',
    withComponents(
      component('action-taken', { valueCodeableConcept: { text: 'Called the family' } }),
    ),
  ],
  [
    'a component value of a type that R4 forbids',
    'schema',
    withComponents(component('model', { valueReference: { reference: 'Device/1' } })),
  ],
  [
    'a component value of a type that only later versions have',
    'schema',
    withComponents(component('model', { valueAttachment: {} })),
  ],
  [
    'a component value of a wrong type',
    'slices',
    withComponents(component('usefulness', { valueString: '4' })),
  ],
  [
    'a component value out of range',
    'slices',
    withComponents(component('usefulness', { valueInteger: 6 })),
  ],
  [
    'a component value in a wrong unit',
    'slices',
    withComponents(
      component('time-to-response', {
        valueQuantity: { value: 1, unit: 's', system: SYSTEM.ucum, code: 's' },
      }),
    ),
  ],
  ['a component without value', 'slices', withComponents(component('model', {}))],
  [
    'a component twice',
    'medplum',
    withComponents(component('arm', { valueString: 'A' }), component('arm', { valueString: 'B' })),
  ],
  [
    'a component that we do not know',
    'slices',
    withComponents(component('nonsense', { valueString: 'A' })),
  ],
  [
    'a model state that we do not know',
    'terminology',
    withComponents(
      component('model-state', {
        valueCodeableConcept: { coding: [{ system: SYSTEM.modelState, code: 'asleep' }] },
      }),
    ),
  ],
  [
    'a reason that is none of ours',
    'terminology',
    withComponents(
      component('override-reason', {
        valueCodeableConcept: { coding: [{ system: SYSTEM.aiOverrideReason, code: 'ai-bored' }] },
      }),
    ),
  ],
  [
    'an exposure with an answer',
    'medplum',
    { ...toDisplayedObservation(exposure), valueCodeableConcept: full.valueCodeableConcept },
  ],
  [
    'an exposure with free text',
    'medplum',
    { ...toDisplayedObservation(exposure), note: [{ text: 'x' }] },
  ],
  [
    'a provenance without agent',
    'medplum',
    { ...toProvenance(fullAnswer, 'Observation/o1'), agent: [] },
  ],
  [
    'a provenance with a wrong entity role',
    'terminology',
    {
      ...toProvenance(fullAnswer, 'Observation/o1'),
      entity: [{ role: 'muse', what: { reference: 'RiskAssessment/1' } }],
    },
  ],
];

describe('bad resources are caught', () => {
  test.each(bad)('%s, by %s', (_, by, resource) => {
    const issues = validateAgainstR4AndProfiles(resource);
    expect(issues.map((issue) => issue.by)).toContain(by);
  });

  test('also where a server dropped the claim of the profile', () => {
    const { meta: _, ...bare } = full;
    expect(validateAgainstR4AndProfiles({ ...bare, focus: [] })).not.toEqual([]);
  });
});
