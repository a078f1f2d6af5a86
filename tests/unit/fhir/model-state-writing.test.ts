import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CANONICAL_BASE } from '#src/fhir/codes.ts';
import { isAboutModel, readModelStates } from '#src/fhir/model-state.fhir.ts';
import { type ModelStateDecision, toModelState } from '#src/fhir/model-state-decision.fhir.ts';
import { device, SERVER } from './sample.ts';

const decided: ModelStateDecision = {
  id: 'urn:uuid:11111111-1111-4111-8111-111111111111',
  device: 'Device/sepsis',
  state: 'pilot',
  from: '2026-10-01T12:00:00+02:00',
  until: '2027-01-01T00:00:00+01:00',
  by: 'Practitioner/approver',
  byName: 'The approver',
  reason: 'First ward.',
  site: 'Main',
  units: ['Location/icu', 'https://ehr.example.org/Location/er'],
  clinicians: ['Practitioner/1'],
  restriction: 'Adults only.',
  rollbackVersion: '3.0.2',
};

test('a decision as FHIR', () => {
  const item = (code: string, display: string) => ({
    coding: [{ system: `${CANONICAL_BASE}/CodeSystem/feedback-item`, code, display }],
  });
  expect(toModelState({ ...decided, units: ['Location/icu'] })).toEqual({
    resourceType: 'Observation',
    identifier: [{ system: 'urn:ietf:rfc:3986', value: decided.id }],
    status: 'final',
    category: [
      {
        coding: [
          { system: `${CANONICAL_BASE}/CodeSystem/feedback-category`, code: 'ai-governance' },
        ],
      },
    ],
    code: item('model-state', 'Lifecycle state of the AI model'),
    subject: { reference: 'Device/sepsis' },
    effectivePeriod: { start: decided.from, end: decided.until },
    issued: decided.from,
    performer: [{ reference: 'Practitioner/approver', display: 'The approver' }],
    valueCodeableConcept: {
      coding: [
        { system: `${CANONICAL_BASE}/CodeSystem/model-state`, code: 'pilot', display: 'Pilot' },
      ],
    },
    component: [
      { code: item('state-site', 'Site for which the state holds'), valueString: 'Main' },
      { code: item('state-unit', 'Unit for which the state holds'), valueString: 'Location/icu' },
      {
        code: item('state-clinician', 'Clinician whom a pilot includes'),
        valueString: 'Practitioner/1',
      },
      {
        code: item('state-restriction', 'How the use of the model is restricted'),
        valueString: 'Adults only.',
      },
      { code: item('rollback-version', 'Version to go back to'), valueString: '3.0.2' },
    ],
    note: [{ text: 'First ward.' }],
  });
});

const word = fc.stringMatching(/^[A-Za-z]{1,12}$/);
const optional = (name: string) =>
  fc.option(
    word.map((one) => ({ [name]: one })),
    { nil: {} },
  );

test('any decision is read back as it was written, with the names of its model', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('silent', 'pilot', 'active', 'restricted', 'suspended', 'retired'),
      fc.array(word, { maxLength: 3 }),
      fc.array(word, { maxLength: 3 }),
      optional('site'),
      optional('restriction'),
      optional('reason'),
      optional('rollbackVersion'),
      (state, units, clinicians, ...more) => {
        const said = Object.assign({}, ...more);
        const { id, from, until, by, byName } = decided;
        const written = toModelState({
          ...{ id, device: 'Device/sepsis', from, by, units, clinicians },
          ...{ state, ...(until && { until }), ...(byName && { byName }), ...said },
        });
        const stored = {
          ...written,
          id: 's1',
          meta: { lastUpdated: '2026-10-01T10:00:05.120Z' },
        };
        expect(readModelStates([stored, device()], SERVER)).toEqual([
          {
            ...{ id, state, from, until, by, byName, units, clinicians, ...said },
            recordedAt: Date.parse(from),
            storedAt: Date.parse('2026-10-01T10:00:05.120Z'),
            model: {
              ref: { server: SERVER, type: 'Device', id: 'sepsis' },
              identifiers: [{ system: 'https://models.example.org', value: 'sepsis-ews' }],
              version: '3.1.0',
            },
          },
        ]);
      },
    ),
  );
});

test.each<[string, object, boolean]>([
  ['the same Device', { ref: { server: SERVER, type: 'Device', id: 'sepsis' } }, true],
  [
    'another Device of the same server, though it has its name',
    {
      ref: { server: SERVER, type: 'Device', id: 'sepsis-2' },
      identifier: { system: 'https://models.example.org', value: 'sepsis-ews' },
    },
    false,
  ],
  [
    'on another server, by identifier and version',
    {
      ref: { server: 'https://ehr.example.org', type: 'Device', id: '77' },
      identifier: { system: 'https://models.example.org', value: 'sepsis-ews' },
      version: '3.1.0',
    },
    true,
  ],
  [
    'on another server, another version',
    {
      ref: { server: 'https://ehr.example.org', type: 'Device', id: '77' },
      identifier: { system: 'https://models.example.org', value: 'sepsis-ews' },
      version: '3.2.0',
    },
    false,
  ],
  [
    'on another server, the id of the first',
    { ref: { server: 'https://ehr.example.org', type: 'Device', id: 'sepsis' } },
    false,
  ],
  ['a value of another system', { identifier: { system: 'urn:x', value: 'sepsis-ews' } }, false],
  ['no name at all', {}, false],
])('whose record: %s', (_what, named, expected) => {
  const stored = { ...toModelState(decided), id: 's1' };
  const [record] = readModelStates([stored, device()], SERVER);
  expect(record && isAboutModel(record, named)).toBe(expected);
});
