import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#src/fhir/codes.ts';
import { componentReader, readModel } from '#src/fhir/feedback/component-reader.ts';
import { fromConcept } from '#src/fhir/feedback/concept.fhir.ts';
import { covers } from '#src/fhir/feedback/covers.ts';
import { fromProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { toUndeliveredObservation } from '#src/fhir/feedback/undelivered.fhir.ts';
import {
  answerProblems,
  exposureProblems,
  performerProblem,
  UnwritableFeedbackError,
} from '#src/fhir/feedback/writable.ts';
import { fullAnswer, ISSUER } from './answers.ts';

describe('what a server gave back covers what was sent', () => {
  const own = { server: ISSUER, ordered: false };
  const anywhere = { server: undefined, ordered: false };

  it.each<[string, unknown, unknown, boolean]>([
    ['the same instant in another zone', '2026-01-01T10:00:00Z', '2026-01-01T05:00:00-05:00', true],
    ['the second, without its fraction', '2026-01-01T10:00:00.250Z', '2026-01-01T10:00:00Z', true],
    ['the second after', '2026-01-01T10:00:00.250Z', '2026-01-01T10:00:01Z', false],
    [
      'another fraction of the same second',
      '2026-01-01T10:00:00.250Z',
      '2026-01-01T10:00:00.300Z',
      false,
    ],
    [
      'the whole second, where a fraction came',
      '2026-01-01T10:00:00Z',
      '2026-01-01T10:00:00.500Z',
      false,
    ],
    [
      'a time without its seconds, which is none',
      '2026-01-01T10:00:00Z',
      '2026-01-01T10:00Z',
      false,
    ],
    ['a time against words', '2026-01-01T10:00:00Z', 'then', false],
    ['words against a time', 'then', '2026-01-01T10:00:00Z', false],
    ['other line ends and a blank at the end', 'a\nb', 'a\r\nb ', true],
    ['line ends of an old Mac', 'a\nb', 'a\rb', true],
    ['a line less', 'a\nb', 'ab', false],
    ['nearly the same number', 0.1 + 0.2, 0.3, true],
    ['another number', 1, 2, false],
    ['a number as text', 1, '1', false],
    ['text as a number', '1', 1, false],
    ['true for false', true, false, false],
    ['true for true', true, true, true],
    ['nothing for a list', ['a'], undefined, false],
    ['a list in another order', ['a', 'b'], ['b', 'a'], true],
    ['a list with one less', ['a', 'b'], ['a'], false],
    ['an object for text', { a: 'b' }, 'b', false],
  ])('%s', (_what, sent, stored, expected) => {
    expect(covers(sent, stored, own)).toBe(expected);
  });

  it.each<[string, string, string, boolean, boolean]>([
    ['itself', 'Patient/p1', 'Patient/p1', true, true],
    ['made absolute by the server', 'Patient/p1', `${ISSUER}/Patient/p1`, true, true],
    [
      'made absolute with another server’s base',
      'Patient/p1',
      'https://else.example.org/Patient/p1',
      false,
      true,
    ],
    ['made relative', `${ISSUER}/Patient/p1`, 'Patient/p1', true, false],
    ['another id', 'Patient/p1', 'Patient/p2', false, false],
    ['another id, made absolute', 'Patient/p1', `${ISSUER}/Patient/p2`, false, false],
    ['another type', 'Patient/p1', 'Person/p1', false, false],
    ['another type, made absolute', 'Patient/p1', `${ISSUER}/Person/p1`, false, false],
    ['another version', 'Patient/p1/_history/1', 'Patient/p1/_history/2', false, false],
    ['no version any more', 'Patient/p1/_history/1', 'Patient/p1', false, false],
    ['no reference at all', 'Patient/p1', 'urn:uuid:1', false, false],
    ['two that are none, and differ', 'urn:uuid:1', 'urn:uuid:2', false, false],
    ['one that is none, kept', 'urn:uuid:1', 'urn:uuid:1', true, true],
  ])('a reference: %s', (_what, sent, stored, known, unknown) => {
    const of = (reference: string) => ({ reference });
    expect(covers(of(sent), of(stored), own)).toBe(known);
    expect(covers(of(sent), of(stored), anywhere)).toBe(unknown);
  });

  it.each<[string, object, object, boolean]>([
    [
      'display and type of a reference may go',
      { reference: 'Patient/p1', display: 'x', type: 'Patient' },
      { reference: 'Patient/p1' },
      true,
    ],
    [
      'its identifier may not',
      { reference: 'Patient/p1', identifier: { value: '1' } },
      { reference: 'Patient/p1' },
      false,
    ],
    [
      'text beside codings may go',
      { coding: [{ system: 's', code: 'c' }], text: 'x' },
      { coding: [{ system: 's', code: 'c' }] },
      true,
    ],
    ['text alone may not', { text: 'x' }, {}, false],
    [
      'display of a whole coding may go',
      { system: 's', code: 'c', display: 'x' },
      { system: 's', code: 'c' },
      true,
    ],
    ['display without system may not', { code: 'c', display: 'x' }, { code: 'c' }, false],
    ['display without code may not', { system: 's', display: 'x' }, { system: 's' }, false],
    ['another code', { system: 's', code: 'c' }, { system: 's', code: 'd' }, false],
    ['a reference that became an object', { reference: 'Patient/p1' }, { reference: {} }, false],
    ['a field named as one, holding a number', { reference: 1 }, { reference: 1 }, true],
  ])('%s', (_what, sent, stored, expected) => {
    expect(covers(sent, stored, own)).toBe(expected);
  });

  it('the order counts where it has a meaning', () => {
    expect(covers(['a', 'b'], ['b', 'a'], { ...own, ordered: true })).toBe(false);
    expect(covers(['a', 'b'], ['a', 'b'], { ...own, ordered: true })).toBe(true);
  });
});

describe('a concept that was stored', () => {
  it.each<[string, object | undefined, object | undefined]>([
    [
      'the first coding with a code',
      { coding: [{ display: 'x' }, { system: 's', code: 'c', display: 'y' }] },
      { system: 's', code: 'c', display: 'y' },
    ],
    ['a code without a system', { coding: [{ code: 'c' }] }, { system: '', code: 'c' }],
    [
      'a display alone, wherever it stands',
      { coding: [{ system: 's' }, { display: 'only words' }] },
      { system: '', code: '', display: 'only words' },
    ],
    ['nothing', { coding: [{ system: 's' }] }, undefined],
    ['no concept', undefined, undefined],
  ])('%s', (_what, sent, expected) => {
    expect(fromConcept(sent)).toEqual(expected);
  });
});

describe('what is never written', () => {
  const told = (change: object) =>
    answerProblems({ ...fullAnswer, ...change } as typeof fullAnswer).map((one) => [
      one.code,
      one.path,
      one.message,
    ]);

  it.each<[object, string, string]>([
    [
      { performer: { reference: 'Patient/p1' } },
      'Observation.performer',
      'The answer names no Practitioner or PractitionerRole as the one who gave it.',
    ],
    [
      { id: 'URN:UUID:1' },
      'Observation.identifier',
      'The identifier is no urn:uuid in lower case.',
    ],
    [{ patient: 'Group/p1' }, 'Observation.subject', 'The subject is no Patient reference.'],
    [{ patient: 'nonsense' }, 'Observation.subject', 'The subject is no Patient reference.'],
    [
      { recommendation: { ref: { server: ISSUER, type: 'RiskAssessment', id: 'a b' } } },
      'Observation.focus',
      'The recommendation has no usable type and id.',
    ],
    [
      { answeredAt: '2026-10-02T10:15:00' },
      'Observation.effectiveDateTime',
      'The time of the answer has no offset.',
    ],
    [
      { deferredUntil: '2026-10-02' },
      'Observation.component',
      'The time to come back has no offset.',
    ],
    [{ usefulness: 6 }, 'Observation.component', 'Usefulness is no whole number from 1 to 5.'],
    [
      { response: 'withdrawn', replaces: undefined },
      'Observation.extension',
      'A withdrawal names no answer that it withdraws.',
    ],
  ])('%o', (change, path, message) => {
    expect(told(change)).toEqual([['malformed', path, message]]);
  });

  it('a Person, and says whom to ask', () => {
    expect(performerProblem('Person/1')?.message).toMatch(/does not allow a Person.*fhirUser/);
    expect(performerProblem('PractitionerRole/1')).toBeUndefined();
  });

  it('an exposure at a time without offset', () => {
    const { id, issuer, patient, performer, recommendation } = fullAnswer;
    const exposure = {
      id,
      issuer,
      patient,
      performer,
      recommendation,
      displayedAt: '2026',
      model: undefined,
      appVersion: '1',
    };
    expect(exposureProblems(exposure as never)).toEqual([
      {
        code: 'malformed',
        path: 'Observation.effectiveDateTime',
        message: 'The time of display has no offset.',
      },
    ]);
  });

  it('and the error says all of it', () => {
    const error = new UnwritableFeedbackError([
      { code: 'malformed', message: 'One.' },
      { code: 'malformed', message: 'Two.' },
    ]);
    expect([error.name, error.message, error.problems.length]).toEqual([
      'UnwritableFeedbackError',
      'One. Two.',
      2,
    ]);
  });
});

describe('a Provenance of ours', () => {
  const whole = {
    resourceType: 'Provenance',
    target: [{ reference: 'Patient/p1' }, { reference: 'Observation/o1' }],
    recorded: '2026-10-02T10:15:00Z',
    agent: [
      {
        type: { coding: [{ system: SYSTEM.provenanceParticipantType, code: 'verifier' }] },
        who: { reference: 'Practitioner/d1' },
      },
    ],
    entity: [
      { role: 'derivation', what: { reference: 'RiskAssessment/other' } },
      { role: 'source', what: { reference: 'RiskAssessment/r1' } },
    ],
  };
  const without = (key: string) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key));

  it('is read whole: its response, its source, who and when', () => {
    expect(fromProvenance(whole, ISSUER)).toEqual({
      ok: true,
      problems: [],
      value: {
        observation: 'Observation/o1',
        recommendation: { ref: { server: ISSUER, type: 'RiskAssessment', id: 'r1' } },
        role: 'verifier',
        performer: 'Practitioner/d1',
        recordedAt: '2026-10-02T10:15:00Z',
      },
    });
  });

  it.each<[string, unknown, string, string, string]>([
    ['no object', null, 'unsupported', 'This is no Provenance.', 'Provenance'],
    [
      'another type',
      { ...whole, resourceType: 'Task' },
      'unsupported',
      'This is no Provenance.',
      'Provenance',
    ],
    ['no target', without('target'), 'missing', 'It names no response.', 'Provenance.target'],
    [
      'a target that is no response',
      { ...whole, target: [{ reference: 'Patient/p1' }] },
      'missing',
      'It names no response.',
      'Provenance.target',
    ],
    ['no source', without('entity'), 'missing', 'It names no recommendation.', 'Provenance.entity'],
    [
      'no agent',
      without('agent'),
      'missing',
      'It does not say who did what, and when.',
      'Provenance.agent',
    ],
    [
      'no role',
      { ...whole, agent: [{ who: { reference: 'Practitioner/d1' } }] },
      'missing',
      'It does not say who did what, and when.',
      'Provenance.agent',
    ],
    [
      'nobody',
      { ...whole, agent: [{ type: whole.agent[0]?.type }] },
      'missing',
      'It does not say who did what, and when.',
      'Provenance.agent',
    ],
    [
      'no time',
      without('recorded'),
      'missing',
      'It does not say who did what, and when.',
      'Provenance.agent',
    ],
  ])('%s', (_what, sent, code, message, path) => {
    expect(fromProvenance(sent, ISSUER)).toEqual({ ok: false, problem: { code, message, path } });
  });
});

describe('parts of an answer that this version cannot read', () => {
  const part = (code: string, value: object, system: string = SYSTEM.feedbackItem) => ({
    code: { coding: [{ system, code }] },
    ...value,
  });

  it.each<[string, object, object]>([
    [
      'one of a later version',
      part('mood', { valueString: 'x' }),
      {
        code: 'unknown-code',
        message: 'The answer has a part that this version does not know (mood).',
        path: 'Observation.component',
      },
    ],
    [
      'one of nobody’s',
      part('x', {}, 'urn:other'),
      {
        code: 'unknown-code',
        message: 'The answer has a part that this version does not know (without a code of ours).',
        path: 'Observation.component',
      },
    ],
    [
      'one without its value',
      part('model', { valueInteger: 1 }),
      {
        code: 'malformed',
        message: 'The part “model” of the answer has no readable value.',
        path: 'Observation.component(model)',
      },
    ],
    [
      'a state that is none',
      part('model-state', { valueCodeableConcept: { coding: [{ code: 'dreaming' }] } }),
      {
        code: 'unknown-code',
        message: 'The model was in a state that this version does not know (dreaming).',
        path: 'Observation.component(model-state)',
      },
    ],
  ])('%s is said', (_what, component, problem) => {
    const problems: never[] = [];
    readModel(componentReader([component], problems), problems);
    expect(problems).toEqual([problem]);
  });
});

describe('the report of what a device has not sent', () => {
  const report = {
    id: 'urn:uuid:1',
    device: '2',
    at: '2026-11-22T15:00:00Z',
    appVersion: '1.2.3',
    count: 3,
    needAttention: 1,
    waitingForSignIn: 2,
    waitingForPatient: 0,
    oldestMs: 150_000,
    discards: { 'answered-again': 4, 'documented-elsewhere': 5, 'not-mine': 6, other: 7 },
  };
  const values = (one: ReturnType<typeof toUndeliveredObservation>) =>
    one.component?.map(({ code, ...value }) => [code.coding?.[0]?.code, Object.values(value)[0]]);

  it('counts, and says nothing about anybody', () => {
    const made = toUndeliveredObservation(report);
    expect(values(made)).toEqual([
      ['undelivered-count', 3],
      ['undelivered-attention', 1],
      ['undelivered-sign-in', 2],
      ['undelivered-patient', 0],
      // Whole minutes, rounded down: 150 seconds.
      [
        'undelivered-oldest',
        { value: 2, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
      ],
      ['discarded-answered-again', 4],
      ['discarded-documented-elsewhere', 5],
      ['discarded-not-mine', 6],
      ['discarded-other', 7],
      ['app-version', '1.2.3'],
    ]);
    expect(made).toMatchObject({
      resourceType: 'Observation',
      status: 'preliminary',
      identifier: [{ system: SYSTEM.uri, value: 'urn:uuid:1' }],
      effectiveDateTime: '2026-11-22T15:00:00Z',
      device: { type: 'Device', identifier: { system: SYSTEM.uri, value: 'urn:uuid:2' } },
    });
    expect(made).not.toHaveProperty('subject');
  });

  it('is final once nothing waits, and names the ward where the device has one', () => {
    const made = toUndeliveredObservation({ ...report, count: 0, location: 'Location/icu' });
    expect([made.status, made.subject]).toEqual(['final', { reference: 'Location/icu' }]);
  });
});
