import { describe, expect, test } from 'vitest';
import { EXTENSION, SYSTEM } from '#src/fhir/codes.ts';
import { toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { answerProblems, UnwritableFeedbackError } from '#src/fhir/feedback/writable.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { exposure, fullAnswer, ISSUER, id, leanAnswer, STORE } from './answers.ts';

const HOSPITAL = { hideFromPatient: false, hospitalStore: true };
const CHART = { hideFromPatient: false, hospitalStore: false };
const BASE = 'https://clinician-feedback.example.org/fhir';
const full = toObservation(fullAnswer, HOSPITAL);

/** The contract's rows, spelled out: not through our own constants. */
const rows: ReadonlyArray<
  readonly [row: string, path: (o: typeof full) => unknown, expected: unknown]
> = [
  [
    'category',
    (o) => o.category,
    [{ coding: [{ system: `${BASE}/CodeSystem/feedback-category`, code: 'ai-feedback' }] }],
  ],
  ['identifier', (o) => o.identifier, [{ system: 'urn:ietf:rfc:3986', value: id(1) }]],
  [
    'code',
    (o) => o.code.coding?.[0],
    {
      system: `${BASE}/CodeSystem/feedback-item`,
      code: 'recommendation-response',
      display: 'Clinician response to AI recommendation',
    },
  ],
  ['status', (o) => o.status, 'final'],
  ['profile', (o) => o.meta?.profile, [`${BASE}/StructureDefinition/recommendation-response`]],
  [
    'label',
    (o) => o.meta?.security,
    [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'CLINAST' }],
  ],
  [
    'focus',
    (o) => o.focus,
    [
      {
        reference: 'RiskAssessment/r1',
        type: 'RiskAssessment',
        identifier: { system: 'urn:example:producer', value: 'rec-1' },
      },
    ],
  ],
  ['subject', (o) => o.subject, { reference: 'Patient/p1' }],
  ['encounter', (o) => o.encounter, { reference: 'Encounter/e1' }],
  ['effective time with its offset', (o) => o.effectiveDateTime, '2026-10-02T10:15:00.250-05:00'],
  [
    'value',
    (o) => o.valueCodeableConcept,
    {
      coding: [
        { system: `${BASE}/CodeSystem/response`, code: 'overridden', display: 'Overridden' },
      ],
    },
  ],
  ['no device', (o) => o.device, undefined],
  [
    'unit at the time of the answer',
    (o) => o.extension?.[0],
    {
      url: 'http://hl7.org/fhir/StructureDefinition/event-location',
      valueReference: { reference: 'Location/icu' },
    },
  ],
  [
    'change of mind',
    (o) => o.extension?.[1],
    {
      url: 'http://hl7.org/fhir/StructureDefinition/observation-replaces',
      valueReference: {
        reference: 'Observation/o9',
        type: 'Observation',
        identifier: { system: 'urn:ietf:rfc:3986', value: id(9) },
      },
    },
  ],
  [
    'what was done instead',
    (o) => o.extension?.[2],
    {
      url: 'http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo',
      valueReference: { reference: 'ServiceRequest/s1' },
    },
  ],
  [
    'role on the performer',
    (o) => o.performer?.[0]?.extension,
    [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/event-performerFunction',
        valueCodeableConcept: { coding: [fullAnswer.performer.function] },
      },
    ],
  ],
  [
    'free text in notes only',
    (o) => o.note?.map(({ text }) => text),
    ['Lactate was drawn from the arm with the drip.', 'Action taken: Repeated the lactate'],
  ],
  ['author of the note', (o) => o.note?.[0]?.authorReference, { reference: 'Practitioner/d1' }],
];

/** Component, its value as written; in the contract's words. */
const components: ReadonlyArray<readonly [code: string, value: object]> = [
  ['recommendation-version', { valueString: '2' }],
  [
    'action-taken',
    { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '182840001' }] } },
  ],
  ['deferred-until', { valueDateTime: '2026-10-02T11:15:00-05:00' }],
  ['model', { valueString: 'sepsis-lr' }],
  ['model-version', { valueString: '3.1.0' }],
  [
    'model-state',
    {
      valueCodeableConcept: {
        coding: [{ system: `${BASE}/CodeSystem/model-state`, code: 'pilot' }],
      },
    },
  ],
  [
    'shown-probability',
    { valueQuantity: { value: 0.62, unit: '1', system: 'http://unitsofmeasure.org', code: '1' } },
  ],
  [
    'shown-risk-band',
    { valueCodeableConcept: { coding: [{ system: SYSTEM.riskProbability, code: 'high' }] } },
  ],
  ['displayed-at', { valueDateTime: '2026-10-02T10:14:20-05:00' }],
  [
    'time-to-response',
    {
      valueQuantity: { value: 38_400, unit: 'ms', system: 'http://unitsofmeasure.org', code: 'ms' },
    },
  ],
  ['evidence-opened', { valueBoolean: true }],
  ['arm', { valueString: 'B' }],
  ['usefulness', { valueInteger: 4 }],
  ['app-version', { valueString: '0.1.0' }],
];

const valuesOf = (observation: typeof full, code: string) =>
  (observation.component ?? [])
    .filter((each) => each.code.coding?.[0]?.code === code)
    .map(({ code: _, ...value }) => value);

const codesOf = (observation: typeof full) =>
  (observation.component ?? []).map((each) => each.code.coding?.[0]?.code);

describe('a response, row by row of the contract', () => {
  test.each(rows)('%s', (_, path, expected) => {
    expect(path(full)).toEqual(expected);
  });

  test.each(components)('component %s', (code, value) => {
    expect(valuesOf(full, code)).toEqual([value]);
  });

  test('component override-reason repeats, the primary one first', () => {
    expect(valuesOf(full, 'override-reason')).toEqual(
      fullAnswer.reasons.map((reason) => ({ valueCodeableConcept: { coding: [reason] } })),
    );
  });

  test('has no other components', () => {
    const known = ['override-reason', ...components.map(([code]) => code)];
    expect([...new Set(codesOf(full))].toSorted()).toEqual(known.toSorted());
  });

  test.each(['accepted', 'accepted-modified', 'overridden', 'deferred', 'withdrawn'] as const)(
    '%s is valid',
    (response) => {
      expectValid(toObservation({ ...fullAnswer, response }, HOSPITAL));
    },
  );

  test.each([
    [
      { reference: 'PractitionerRole/pr1', display: 'Dr Ada Example, ICU' },
      { authorString: 'Dr Ada Example, ICU' },
    ],
    [{ reference: 'PractitionerRole/pr1' }, {}],
  ])('a note by %j has an author that R4 allows', (performer, author) => {
    const observation = toObservation({ ...leanAnswer, performer, comment: 'x' }, HOSPITAL);
    expect(observation.note).toEqual([{ ...author, time: leanAnswer.answeredAt, text: 'x' }]);
    expectValid(observation);
  });

  test('a withdrawal replaces, and says nothing else', () => {
    const observation = toObservation(
      { ...leanAnswer, response: 'withdrawn', replaces: { id: id(1) } },
      HOSPITAL,
    );
    expect(observation.extension).toEqual([
      {
        url: EXTENSION.observationReplaces,
        valueReference: { type: 'Observation', identifier: { system: SYSTEM.uri, value: id(1) } },
      },
    ]);
    expectValid(observation);
  });
});

describe('who may read it', () => {
  test('an EHR chart gets the response and its reason, nothing that was measured', () => {
    const chart = toObservation(fullAnswer, CHART);
    expect(codesOf(chart)).toEqual([
      'recommendation-version',
      'override-reason',
      'override-reason',
      'action-taken',
      'deferred-until',
    ]);
    const { component: _, ...rest } = full;
    expect(chart).toMatchObject(rest);
    expectValid(chart);
  });

  test('an answer without anything to detail has no empty list in it', () => {
    expect(toObservation({ ...leanAnswer, comment: '  ' }, CHART)).not.toHaveProperty('component');
    expect(toObservation({ ...leanAnswer, comment: '  ' }, CHART)).not.toHaveProperty('note');
  });

  test('NOPAT hides it from the patient where the site asks for it', () => {
    const hidden = toObservation(leanAnswer, { ...HOSPITAL, hideFromPatient: true });
    expect(hidden.meta?.security?.[1]).toEqual({
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'NOPAT',
    });
  });
});

describe('across stores', () => {
  test('what belongs to the EHR becomes absolute, the subject is the store’s own', () => {
    const observation = toObservation(fullAnswer, {
      ...HOSPITAL,
      server: STORE,
      subject: 'Patient/77',
    });
    expect(observation.subject).toEqual({ reference: 'Patient/77' });
    expect(observation.focus?.[0]?.reference).toBe(`${ISSUER}/RiskAssessment/r1`);
    expect(observation.encounter?.reference).toBe(`${ISSUER}/Encounter/e1`);
    expect(observation.performer?.[0]?.reference).toBe(`${ISSUER}/Practitioner/d1`);
    expect(observation.note?.[0]?.authorReference?.reference).toBe(`${ISSUER}/Practitioner/d1`);
    expectValid(observation);
  });

  test('a recommendation in a hospital store is absolute in the EHR', () => {
    const recommendation = { ref: { server: STORE, type: 'RiskAssessment', id: 'r1' } };
    const observation = toObservation({ ...leanAnswer, recommendation }, HOSPITAL);
    expect(observation.focus).toEqual([
      { reference: `${STORE}/RiskAssessment/r1`, type: 'RiskAssessment' },
    ]);
  });
});

describe('what cannot be written is refused, and says why', () => {
  test.each([
    ['a Person', { performer: { reference: 'Person/1' } }, 'does not allow a Person'],
    ['a Patient', { performer: { reference: 'Patient/1' } }, 'no Practitioner'],
    ['nobody', { performer: { reference: '' } }, 'no Practitioner'],
    ['an identifier that is no uuid', { id: 'x' }, 'urn:uuid'],
    ['another subject than a patient', { patient: 'Group/1' }, 'no Patient'],
    ['a time without offset', { answeredAt: '2026-10-02T10:15:00' }, 'no offset'],
    ['a date', { answeredAt: '2026-10-02' }, 'no offset'],
    ['a deferral without offset', { deferredUntil: '2026-10-02' }, 'come back'],
    ['usefulness 6', { usefulness: 6 }, '1 to 5'],
    ['usefulness 2.5', { usefulness: 2.5 }, '1 to 5'],
    ['a withdrawal of nothing', { response: 'withdrawn' }, 'withdraws'],
    [
      'no recommendation',
      { recommendation: { ref: { server: ISSUER, type: '', id: '' } } },
      'recommendation',
    ],
  ] as const)('%s', (_, change, message) => {
    const answer = { ...leanAnswer, ...change };
    expect(() => toObservation(answer, HOSPITAL)).toThrow(UnwritableFeedbackError);
    expect(() => toObservation(answer, HOSPITAL)).toThrow(message);
    expect(answerProblems(answer)).toHaveLength(1);
  });

  test('an exposure has the same rules', () => {
    expect(() => toDisplayedObservation({ ...exposure, displayedAt: '2026' })).toThrow('no offset');
    expect(() =>
      toDisplayedObservation({ ...exposure, performer: { reference: 'Person/1' } }),
    ).toThrow('Person');
  });

  test.each([
    ['a negative time', { timeToResponseMs: -1 }],
    ['no number', { timeToResponseMs: Number.NaN }],
    ['an impossible probability', { shownProbability: 140 }],
    ['a display time without offset', { displayedAt: '2026-10-02' }],
    ['an empty arm', { arm: '' }],
  ])('%s is left out: a measurement never costs an answer', (_, change) => {
    const observation = toObservation(
      { ...leanAnswer, context: { appVersion: '1', ...change } },
      HOSPITAL,
    );
    expect(codesOf(observation)).toEqual(['app-version']);
    expectValid(observation);
  });

  test('a comment is freed from what FHIR forbids in a string', () => {
    const observation = toObservation(
      { ...leanAnswer, comment: ' a\u0000b\n\tc\ud800 ' },
      HOSPITAL,
    );
    expect(observation.note?.[0]?.text).toBe('ab\n\tc\ufffd');
  });
});
