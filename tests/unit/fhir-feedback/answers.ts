import fc from 'fast-check';
import type { Answer, Exposure, StoredAnswer } from '#src/domain/feedback.ts';
import { SYSTEM } from '#src/fhir/codes.ts';

export const ISSUER = 'https://ehr.example.org/fhir';
export const STORE = 'https://store.example.org/r4';

export const id = (n: number): string =>
  `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const reason = (code: string) => ({ system: SYSTEM.nonAdherenceReason, code });

/** An override with everything that an answer can carry. */
export const fullAnswer: Answer = {
  id: id(1),
  issuer: ISSUER,
  patient: 'Patient/p1',
  encounter: 'Encounter/e1',
  location: 'Location/icu',
  recommendation: {
    ref: { server: ISSUER, type: 'RiskAssessment', id: 'r1' },
    identifier: { system: 'urn:example:producer', value: 'rec-1' },
    version: '2',
  },
  performer: {
    reference: 'Practitioner/d1',
    display: 'Dr Ada Example',
    function: { system: 'http://snomed.info/sct', code: '309343006', display: 'Physician' },
  },
  answeredAt: '2026-10-02T10:15:00.250-05:00',
  response: 'overridden',
  reasons: [
    { ...reason('patient-contraindication'), display: 'Contraindicated' },
    { system: SYSTEM.aiOverrideReason, code: 'ai-input-wrong' },
  ],
  comment: 'Lactate was drawn from the arm with the drip.',
  actionTaken: {
    coding: { system: 'http://snomed.info/sct', code: '182840001' },
    text: 'Repeated the lactate',
    reference: 'ServiceRequest/s1',
  },
  deferredUntil: '2026-10-02T11:15:00-05:00',
  usefulness: 4,
  model: { identifier: 'sepsis-lr', version: '3.1.0', state: 'pilot' },
  context: {
    shownProbability: 0.62,
    shownRiskBand: { system: SYSTEM.riskProbability, code: 'high' },
    displayedAt: '2026-10-02T10:14:20-05:00',
    timeToResponseMs: 38_400,
    evidenceOpened: true,
    arm: 'B',
    appVersion: '0.1.0',
  },
  replaces: { id: id(9), reference: 'Observation/o9' },
};

/** An acceptance with nothing optional. */
export const leanAnswer: Answer = {
  id: id(2),
  issuer: ISSUER,
  patient: 'Patient/p1',
  recommendation: { ref: { server: ISSUER, type: 'DetectedIssue', id: 'd1' } },
  performer: { reference: 'PractitionerRole/pr1' },
  answeredAt: '2026-10-02T10:15:00Z',
  response: 'accepted',
  reasons: [],
  context: { appVersion: '0.1.0' },
};

export const exposure: Exposure = {
  id: id(3),
  issuer: ISSUER,
  patient: 'Patient/p1',
  encounter: 'Encounter/e1',
  recommendation: fullAnswer.recommendation,
  performer: fullAnswer.performer,
  displayedAt: '2026-10-02T10:14:20-05:00',
  model: { identifier: 'sepsis-lr', version: '3.1.0', state: 'active' },
  appVersion: '0.1.0',
};

export const stored = (
  answer: Answer,
  n: number,
  more: Partial<StoredAnswer> = {},
): StoredAnswer => ({
  answer,
  ref: { server: answer.issuer, type: 'Observation', id: `o${n}` },
  status: 'final',
  ...more,
});

const word = fc
  .stringMatching(/^[A-Za-zÄÖü0-9é]([A-Za-z0-9 .,;:<>&"'/漢🩺-]{0,20}[A-Za-z0-9.])?$/u)
  .filter((s) => !s.includes('  '));
const logicalId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9.-]{0,20}$/);
const coding = fc.record(
  {
    system: fc.constantFrom('urn:local', SYSTEM.snomed, SYSTEM.nonAdherenceReason),
    code: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
    display: word,
  },
  { requiredKeys: ['system', 'code'] },
);
const instant = fc
  .tuple(
    fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    }),
    fc.constantFrom('Z', '+00:00', '-05:00', '+05:45', '+13:00'),
  )
  .map(([date, offset]) => `${date.toISOString().slice(0, -1)}${offset}`);
const uuid = fc.uuid().map((value) => `urn:uuid:${value}`);
const reference = (...types: string[]) =>
  fc.tuple(fc.constantFrom(...types), logicalId).map((parts) => parts.join('/'));
const modelState = fc.constantFrom(
  'proposed',
  'validated',
  'silent',
  'pilot',
  'active',
  'restricted',
  'suspended',
  'retired',
  'unknown',
);

const nonEmpty = <T extends object>(arbitrary: fc.Arbitrary<T>) =>
  arbitrary.filter((value) => Object.keys(value).length > 0);

const choice = {
  response: fc.constantFrom('accepted', 'accepted-modified', 'overridden', 'deferred'),
  reasons: fc.array(coding, { maxLength: 4 }),
  comment: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    .map((s) => s.replace(/[\p{C}\p{Z}]+/gu, ' ').trim())
    .filter((s) => s !== ''),
  actionTaken: nonEmpty(
    fc.record(
      { coding, text: word, reference: reference('MedicationRequest', 'ServiceRequest') },
      { requiredKeys: [] },
    ),
  ),
  deferredUntil: instant,
  usefulness: fc.integer({ min: 1, max: 5 }),
};

const recommendation = fc.record(
  {
    ref: fc.record({
      server: fc.constantFrom(ISSUER, STORE),
      type: fc.constantFrom(
        'RiskAssessment',
        'GuidanceResponse',
        'DetectedIssue',
        'ServiceRequest',
        'MedicationRequest',
        'Observation',
      ),
      id: logicalId,
    }),
    identifier: fc.record(
      { system: fc.webUrl({ withFragments: false }), value: word },
      { requiredKeys: ['value'] },
    ),
    version: logicalId,
  },
  { requiredKeys: ['ref'] },
);

/** Any answer that the contract allows. */
export const anyAnswer: fc.Arbitrary<Answer> = fc.record(
  {
    id: uuid,
    issuer: fc.constant(ISSUER),
    patient: reference('Patient'),
    encounter: reference('Encounter'),
    location: reference('Location'),
    recommendation,
    performer: fc.record(
      { reference: reference('Practitioner', 'PractitionerRole'), display: word, function: coding },
      { requiredKeys: ['reference'] },
    ),
    answeredAt: instant,
    ...choice,
    model: nonEmpty(
      fc.record({ identifier: word, version: word, state: modelState }, { requiredKeys: [] }),
    ),
    context: fc.record(
      {
        shownProbability: fc
          .double({ min: 0, max: 1, noNaN: true })
          .map((n) => Math.abs(Number(n.toFixed(6)))),
        shownRiskBand: coding,
        displayedAt: instant,
        timeToResponseMs: fc.nat(),
        evidenceOpened: fc.boolean(),
        arm: word,
        appVersion: word,
      },
      { requiredKeys: ['appVersion'] },
    ),
    replaces: fc.record(
      { id: uuid, reference: reference('Observation') },
      { requiredKeys: ['id'] },
    ),
  },
  {
    requiredKeys: [
      'id',
      'issuer',
      'patient',
      'recommendation',
      'performer',
      'answeredAt',
      'response',
      'reasons',
      'context',
    ],
  },
);
