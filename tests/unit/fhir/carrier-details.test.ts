import { describe, expect, test } from 'vitest';
import {
  AI_LABEL,
  CONFIDENCE_URL,
  device,
  observation,
  onlyCard,
  PATIENT,
  read,
  riskAssessment,
} from './sample.ts';

type Sent = Record<string, unknown>;
const of =
  (resourceType: string, own: Sent) =>
  (more: Sent = {}): Sent => ({ resourceType, meta: AI_LABEL, status: 'final', ...own, ...more });
const issue = of('DetectedIssue', { id: 'd1', patient: PATIENT, code: { text: 'Alert' } });
const aiObservation = (more: Sent = {}) => observation({ id: 'o1', meta: AI_LABEL, ...more });
const order = of('ServiceRequest', {
  id: 's1',
  status: 'draft',
  intent: 'proposal',
  subject: PATIENT,
  code: { text: 'Film' },
});
const guidance = of('GuidanceResponse', { id: 'g1', status: 'success', subject: PATIENT });
const withGroup = (more: Sent, group: Sent = {}) =>
  guidance({
    result: { reference: '#rg' },
    contained: [{ resourceType: 'RequestGroup', id: 'rg', subject: PATIENT, ...group }],
    ...more,
  });

const paths = (resource: unknown) => onlyCard(read([resource])).problems.map((one) => one.path);
const messages = (resource: unknown, more: Parameters<typeof read>[1] = {}) =>
  onlyCard(read([resource], more)).problems.map((one) => one.message);
const statuses = (...resources: readonly unknown[]) =>
  Object.fromEntries(read(resources).recommendations.map((one) => [one.ref.id, one.status]));

describe('what is wrong is said to be where it was', () => {
  test.each<[string, unknown, string]>([
    ['an empty input of a risk', riskAssessment({ basis: [{}] }), 'basis'],
    ['of an observation', aiObservation({ derivedFrom: [{}] }), 'derivedFrom'],
    ['of an alert', issue({ implicated: [{}] }), 'implicated'],
    ['of a proposal', order({ supportingInfo: [{}] }), 'supportingInfo'],
    ['of a guidance', guidance({ reasonReference: [{}] }), 'reasonReference'],
    ['a time of a guidance', guidance({ occurrenceDateTime: '?' }), 'occurrenceDateTime'],
    ['a time of its group', withGroup({}, { authoredOn: '?' }), 'RequestGroup.authoredOn'],
  ])('%s', (_what, resource, path) => {
    expect(paths(resource)).toContain(path);
  });

  test('no time, no model, in words', () => {
    const bare = riskAssessment({ occurrenceDateTime: undefined, performer: undefined });
    expect(messages(bare)).toEqual([
      'When this was produced is not known, so its age cannot be judged.',
      'Which AI model produced this is not stated.',
    ]);
  });

  test('a model by name alone is stated', () => {
    expect(messages(riskAssessment({ performer: { display: 'Sepsis model' } }))).toEqual([]);
  });

  test('a message of the server, cut where it is long', () => {
    const said = (diagnostics: string) =>
      read([{ resourceType: 'OperationOutcome', issue: [{ diagnostics }] }]).unreadable[0]?.message;
    expect(said('no')).toBe('The server answered with a message instead of a result: no.');
    expect(said('x'.repeat(999))).toHaveLength(300);
  });
});

describe('an alert', () => {
  const six = Array.from({ length: 6 }, (_, n) => ({ action: { text: `m${n}` } }));

  test('says five mitigations, after its detail and before its source', () => {
    const card = onlyCard(
      read([issue({ detail: 'D', mitigation: [{}, ...six], reference: 'http://x' })]),
    );
    expect(card.detail).toBe(
      'D\n\nAlready recorded as mitigated: m0; m1; m2; m3; m4\n\nReference: http://x',
    );
  });

  test('leaves no gap where something was not said', () => {
    const card = onlyCard(read([issue({ detail: 'D', reference: 'http://x' })]));
    expect(card.detail).toBe('D\n\nReference: http://x');
  });

  test('has its confidence on its code too', () => {
    const extension = [{ url: CONFIDENCE_URL, valueDecimal: 0.4 }];
    expect(onlyCard(read([issue({ code: { text: 'A', extension } })])).confidence).toEqual({
      fraction: 0.4,
    });
  });

  test('without any patient was not sent in a later shape', () => {
    const nobody = { patientId: undefined };
    const later = 'The patient was named in the shape of a later FHIR version.';
    expect(messages(issue({ patient: undefined }), nobody)).not.toContain(later);
    expect(messages(issue({ patient: undefined, subject: PATIENT }), nobody)).toContain(later);
  });
});

describe('a guidance', () => {
  test('may bring its group in the shape of a later version', () => {
    const contained = [
      { resourceType: 'RequestOrchestration', id: 'rg', subject: PATIENT, code: { text: 'Later' } },
    ];
    expect(onlyCard(read([withGroup({ contained })])).title).toBe('Later');
  });

  test.each<[Sent, string, readonly string[]]>([
    [{}, 'Untitled AI guidance response', []],
    [{ moduleUri: 'http://m/aki-risk|2' }, 'aki-risk', ['http://m/aki-risk']],
    [{ moduleCanonical: 'http://m/aki' }, 'aki', ['http://m/aki']],
  ])('without a group is called after its module: %j', (more, title, codes) => {
    const card = onlyCard(read([guidance(more)]));
    expect([card.title, card.kindCodings.map(({ code }) => code)]).toEqual([title, codes]);
  });

  test('an action that is contained in it has no place of its own', () => {
    const action = [{ title: 'A', action: [{ title: 'B', resource: { reference: '#rx' } }] }];
    expect(onlyCard(read([withGroup({}, { action })])).actions).toEqual([{ title: 'B' }]);
  });
});

describe('who made it', () => {
  const provenance = (more: Sent = {}) => ({
    resourceType: 'Provenance',
    id: 'p',
    target: [{ reference: 'RiskAssessment/r1' }],
    agent: [{ who: { reference: 'Device/other' } }],
    ...more,
  });
  const other = device({ id: 'other', deviceName: [{ name: 'Other' }] });
  const unlabelled = (more: Sent = {}) => riskAssessment({ meta: {}, ...more });

  test('is whom the resource names, though a provenance names another', () => {
    const card = onlyCard(read([riskAssessment()], { included: [device(), other, provenance()] }));
    expect(card.modelReference).toBe('Device/sepsis');
  });

  test('is whom the provenance names where the resource names no device', () => {
    const card = onlyCard(
      read([unlabelled({ performer: undefined })], { included: [other, provenance()] }),
    );
    expect([card.modelReference, card.modelName]).toEqual(['Device/other', 'Other']);
  });

  test('is found however many resources came before the provenance', () => {
    const many = Array.from({ length: 250 }, (_, n) => observation({ id: `n${n}` }));
    const { recommendations } = read([unlabelled({ performer: undefined })], {
      included: [...many, other, provenance()],
    });
    expect(recommendations).toHaveLength(1);
  });

  test('is an AI by its role in the provenance too, without an id and beside no target', () => {
    const role = [
      {
        coding: [
          {
            system: 'http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS',
            code: 'Artificial-Intelligence',
          },
        ],
      },
    ];
    const agent = [{ who: { display: 'Vendor AI' }, role }];
    const target = [{ display: 'nothing' }, { reference: 'RiskAssessment/r1' }];
    const said = (agents: readonly Sent[]) =>
      read([unlabelled({ performer: undefined })], {
        included: [provenance({ id: undefined, agent: agents, target })],
      }).recommendations.map((one) => one.modelName);
    expect(said(agent)).toEqual(['Vendor AI']);
    expect(said([{ who: { display: 'Vendor AI' } }])).toEqual([]);
  });

  test('is nobody by a resource that merely looks like a provenance', () => {
    const task = provenance({ resourceType: 'Task' });
    const result = read([unlabelled({ performer: undefined })], { included: [other, task] });
    expect(result.notCards).toBe(1);
  });

  test('is no AI by half a label', () => {
    const [security] = AI_LABEL.security;
    const result = read([
      unlabelled({
        performer: undefined,
        meta: { security: [{ ...security, code: 'CLINAST' }, { code: 'AIAST' }] },
      }),
    ]);
    expect(result.notCards).toBe(1);
  });

  test.each<[string, Sent, Sent]>([
    ['Device by its model number', { included: { modelNumber: 'M-1', deviceName: undefined } }, {}],
    [
      'Device by a name of a later version',
      { included: { name: [{ value: 'M-1' }], deviceName: undefined } },
      {},
    ],
    ['nobody but a word', {}, { performer: { display: 'M-1' } }],
    ['a clinician', {}, { performer: { reference: 'Practitioner/x', display: 'M-1' } }],
    ['a clinician by type alone', {}, { performer: { type: 'Practitioner', display: 'M-1' } }],
  ])('may be known by name: %s', (_what, { included }, more) => {
    const card = onlyCard(
      read([riskAssessment(more)], { included: included ? [device(included as Sent)] : [] }),
    );
    expect(card.modelName).toBe('M-1');
  });

  test.each([
    ['its reference', 'Device/sepsis', 1],
    ['its address', 'https://fhir.example.org/r4/Device/sepsis', 1],
    ['its identifier', 'sepsis-ews', 1],
    ['its name, which anyone may choose', 'Sepsis early warning', 0],
  ])('is registered by %s', (_what, key, cards) => {
    const plain = device({ type: undefined });
    const result = read([unlabelled()], {
      included: [plain],
      source: { aiDevices: [key], probabilityScales: [] },
    });
    expect(result.recommendations).toHaveLength(cards);
  });

  test.each<[string, Sent]>([
    [
      'within the resource',
      {
        contained: [{ resourceType: 'Practitioner', id: 'x', identifier: [{ value: 'reg' }] }],
        performer: { reference: '#x' },
      },
    ],
    ['by type', { performer: { type: 'Practitioner', identifier: { value: 'reg' } } }],
  ])('a clinician %s is no AI, though the identifier is registered', (_what, more) => {
    const source = { aiDevices: ['reg'], probabilityScales: [] };
    expect(read([unlabelled(more)], { source }).notCards).toBe(1);
  });

  test('a nameless name is passed over', () => {
    const named = device({ deviceName: [{}, { name: 'N' }] });
    expect(onlyCard(read([riskAssessment()], { included: [named] })).modelName).toBe('N');
  });

  test('a device within the resource has no reference, and its identifiers count', () => {
    const contained = [device({ id: 'inner', type: undefined })];
    const performer = { reference: '#inner' };
    const by = (key: string) =>
      read([unlabelled({ contained, performer })], {
        source: { aiDevices: [key], probabilityScales: [] },
      }).recommendations.map((one) => [one.modelReference, one.modelName]);
    expect(by('sepsis-ews')).toEqual([[undefined, 'Sepsis early warning']]);
    expect(by('RiskAssessment/r1')).toEqual([]);
  });
});

describe('what takes the place of what', () => {
  test.each(['replaces', 'basedOn', 'priorPrescription'])('a proposal by its %s', (key) => {
    const later = order({ id: 's2', [key]: [{ reference: 'ServiceRequest/s1' }] });
    expect(statuses(order(), later)).toEqual({ s1: 'superseded', s2: 'current' });
  });

  test('nothing of another kind', () => {
    const risk = riskAssessment({ basedOn: { reference: 'Observation/o1' } });
    expect(statuses(aiObservation(), risk)).toEqual({ o1: 'current', r1: 'current' });
  });

  test('of two with one identifier the one updated last, where no time is known', () => {
    const one = (id: string, lastUpdated: string) =>
      riskAssessment({
        id,
        identifier: [{ value: '7' }],
        occurrenceDateTime: undefined,
        meta: { ...AI_LABEL, lastUpdated },
      });
    const [older, newer] = [one('z', '2026-01-01T00:00:00Z'), one('a', '2026-01-02T00:00:00Z')];
    expect(statuses(older, newer)).toEqual({ z: 'superseded', a: 'current' });
  });
});

describe('proposals of one recommendation', () => {
  const cited = { supportingInfo: [{ reference: 'RiskAssessment/r1' }] };
  const card = (...proposals: readonly Sent[]) => {
    const [first] = read([riskAssessment(), ...proposals]).recommendations;
    return first;
  };

  test('become its actions, with what is wrong about them and their urgency', () => {
    const proposal = order({ ...cited, priority: 'stat', authoredOn: '?' });
    const found = card(proposal);
    expect(found).toMatchObject({ actions: [{ title: 'Film' }], priority: { rank: 0 } });
    expect(found?.problems.map((one) => one.message)).toContain(
      'A time was sent that is no date (“?”).',
    );
  });

  test('without urgency give none', () => {
    expect(card(order(cited))).not.toHaveProperty('priority');
  });

  test.each([
    [1, '1 proposed action has been withdrawn.'],
    [2, '2 proposed actions have been withdrawn.'],
  ])('%i withdrawn: it is said', (count, message) => {
    const gone = Array.from({ length: count }, (_, n) =>
      order({ ...cited, id: `gone${n}`, status: 'revoked' }),
    );
    const found = card(order(cited), ...gone);
    expect(found?.actions).toHaveLength(1);
    expect(found?.problems.map((one) => one.message)).toContain(message);
    const none = card(order(cited))?.problems.map((one) => one.message) ?? [];
    expect(none.filter((one) => one.includes('withdrawn'))).toEqual([]);
  });

  test('a proposal is never the action of a proposal', () => {
    const citing = order({ id: 's2', supportingInfo: [{ reference: 'ServiceRequest/s1' }] });
    expect(Object.keys(statuses(order(), citing))).toEqual(['s1', 's2']);
  });
});

test('a horizon without a unit ends with its number', () => {
  const prediction = [{ whenRange: { low: { value: 5 } } }];
  expect(onlyCard(read([riskAssessment({ prediction })])).predictions[0]?.horizon).toBe('after 5');
});

test('where no patient was launched, a card need not say whose it is', () => {
  const [card] = read([riskAssessment({ subject: undefined })], {
    patientId: undefined,
  }).recommendations;
  expect(card).not.toHaveProperty('subject');
});
