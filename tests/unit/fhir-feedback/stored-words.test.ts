import { describe, expect, test } from 'vitest';
import type { DeviceReport } from '#src/domain/outbox/undelivered-report.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import {
  fromDisplayedObservation,
  toDisplayedObservation,
} from '#src/fhir/feedback/displayed.fhir.ts';
import { toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { readAnswers } from '#src/fhir/feedback/read-answers.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { fromObservation } from '#src/fhir/feedback/read-observation.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { deviceReportId, toUndeliveredObservation } from '#src/fhir/feedback/undelivered.fhir.ts';
import { exposure, fullAnswer, ISSUER, id, leanAnswer } from './answers.ts';

const BASE = 'https://clinician-feedback.example.org/fhir';
const HOSPITAL = { hideFromPatient: false, hospitalStore: true };
const full = { ...toObservation(fullAnswer, HOSPITAL), id: 'o1' };
const coded = (code: string, value: object) => ({
  code: { coding: [{ system: SYSTEM.feedbackItem, code }] },
  ...value,
});
const read = (change: object) => {
  const result = fromObservation({ ...full, ...change }, ISSUER);
  if (!result.ok) throw new Error(result.problem.message);
  return { ...result.value, problems: result.problems };
};

describe('why a stored answer cannot be read, word for word', () => {
  const missing = (path: string) => [
    'missing',
    `A stored answer cannot be read: ${path} is missing.`,
    path,
  ];

  test.each<[string, object, readonly string[]]>([
    ['no id', { id: undefined }, missing('Observation.id')],
    ['no focus', { focus: [] }, missing('Observation.focus')],
    [
      'no status that counts',
      { status: 'preliminary' },
      ['unknown-code', 'A stored answer has a status that does not count.', 'Observation.status'],
    ],
    [
      'a task of the same name',
      { resourceType: 'Task' },
      ['unsupported', 'This is no feedback of this kind.', 'Observation.code'],
    ],
    [
      'an answer of a later version',
      { valueCodeableConcept: { coding: [{ system: SYSTEM.response, code: 'snoozed' }] } },
      [
        'unknown-code',
        'A stored answer says something that this version does not know (snoozed).',
        'Observation.value',
      ],
    ],
    [
      'an answer of somebody else’s',
      { valueCodeableConcept: { coding: [{ system: 'urn:x', code: 'yes' }] } },
      [
        'unknown-code',
        'A stored answer says something that this version does not know (yes).',
        'Observation.value',
      ],
    ],
    [
      'no answer',
      { valueCodeableConcept: {} },
      [
        'unknown-code',
        'A stored answer says something that this version does not know (nothing).',
        'Observation.value',
      ],
    ],
  ])('%s', (_what, change, [code, message, path]) => {
    expect(fromObservation({ ...full, ...change }, ISSUER)).toEqual({
      ok: false,
      problem: { code, message, path },
    });
  });
});

describe('what is said beside a stored answer', () => {
  test('copies without an identifier cannot be told apart', () => {
    expect(read({ identifier: [{ system: 'urn:other', value: 'x' }] })).toMatchObject({
      answer: { id: `${ISSUER}/Observation/o1` },
      problems: [
        {
          code: 'missing',
          message: 'A stored answer has no identifier; copies of it cannot be recognised.',
          path: 'Observation.identifier',
        },
      ],
    });
  });

  test('more than one recommendation', () => {
    expect(read({ focus: [...(full.focus ?? []), ...(full.focus ?? [])] }).problems).toEqual([
      {
        code: 'malformed',
        message: 'A stored answer names more than one recommendation; the first one is taken.',
        path: 'Observation.focus',
      },
    ]);
  });

  test('all of it reaches whoever reads many', () => {
    const unnamed = { ...full, identifier: [] };
    expect(readAnswers([unnamed], ISSUER).problems.map(({ path }) => path)).toEqual([
      'Observation.identifier',
    ]);
  });
});

describe('a foreign writer', () => {
  test('puts its own identifier first', () => {
    const identifier = [{ system: 'urn:other', value: 'x' }, ...(full.identifier ?? [])];
    expect(read({ identifier }).answer.id).toBe(id(1));
  });

  test('leaves out the version of the app', () => {
    expect(read({ component: [] }).answer.context).toEqual({ appVersion: 'unknown' });
    const shown = { ...toDisplayedObservation(exposure), id: 'o3', component: [] };
    expect(fromDisplayedObservation(shown, ISSUER)).toMatchObject({
      value: { exposure: { appVersion: 'unknown' } },
    });
  });

  test('says what was done in the words of the concept', () => {
    const component = [
      coded('action-taken', { valueCodeableConcept: { text: 'Called the ward' } }),
    ];
    expect(read({ component, note: [], extension: [] }).answer.actionTaken).toEqual({
      text: 'Called the ward',
    });
  });
});

describe('what is written', () => {
  test('has no key without a value', () => {
    const keys = Object.keys(toObservation(leanAnswer, HOSPITAL));
    expect(keys).not.toContain('encounter');
    expect(keys).not.toContain('extension');
    const blank = { ...leanAnswer, context: { appVersion: '1', arm: '  ' } };
    expect(toObservation(blank, HOSPITAL).component).toHaveLength(1);
  });

  test('a provenance points to the answer as what it is', () => {
    expect(toProvenance(leanAnswer, 'Observation/o1').target[0]).toEqual({
      reference: 'Observation/o1',
      type: 'Observation',
    });
  });

  test('an exposure says what it is', () => {
    const { meta } = toDisplayedObservation(exposure);
    expect(meta?.profile).toEqual([`${BASE}/StructureDefinition/recommendation-displayed`]);
    const back = fromDisplayedObservation({ ...toDisplayedObservation(exposure), id: 'o' }, ISSUER);
    expect(back.ok && back.problems).toEqual([]);
  });
});

describe('what a server lost is named, and only that', () => {
  const without = (url: string) => ({
    ...full,
    extension: full.extension?.filter((one) => !one.url.endsWith(url)),
  });

  test.each([
    ['event-location', 'place: not stored (Observation.extension(event-location))'],
    [
      'observation-replaces',
      'link to the earlier answer: not stored (Observation.extension(observation-replaces))',
    ],
  ])('%s', (url, said) => {
    expect(compareObservations(full, without(url))).toEqual([said]);
  });

  test.each(['modifierExtension', 'dataAbsentReason', 'device'])('or added: %s', (key) => {
    expect(compareObservations(full, { ...full, [key]: [{ url: 'x' }] })).toEqual([
      `${key}: added by the server, it changes the meaning (Observation.${key})`,
    ]);
    expect(compareObservations({ ...full, [key]: 'x' }, { ...full, [key]: 'x' })).toEqual([]);
  });
});

describe('the report of a device', () => {
  const report: DeviceReport = {
    id: 'urn:uuid:1',
    device: '2',
    at: '2026-11-22T15:00:00Z',
    appVersion: '1.2.3',
    count: 0,
    needAttention: 0,
    waitingForSignIn: 0,
    waitingForPatient: 0,
    oldestMs: 0,
    discards: { 'answered-again': 0, 'documented-elsewhere': 0, 'not-mine': 0, other: 0 },
  };

  test('says what it is, to the letter', () => {
    const { meta, category, code } = toUndeliveredObservation(report);
    expect({ meta, category, code: code.coding?.map((one) => [one.system, one.code]) }).toEqual({
      meta: {
        profile: [`${BASE}/StructureDefinition/undelivered-report`],
        security: [
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'DEVAST' },
        ],
      },
      category: [
        { coding: [{ system: `${BASE}/CodeSystem/feedback-category`, code: expect.any(String) }] },
      ],
      code: [[`${BASE}/CodeSystem/feedback-item`, expect.any(String)]],
    });
    expect(code.text).toBe(code.coding?.[0]?.display);
  });

  test('is one for each device and day', () => {
    const [first, same, day, device] = [
      deviceReportId('a', '2026-11-22'),
      deviceReportId('a', '2026-11-22'),
      deviceReportId('a', '2026-11-23'),
      deviceReportId('b', '2026-11-22'),
    ];
    expect(first).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(same).toBe(first);
    expect(new Set([first, day, device]).size).toBe(3);
  });
});
