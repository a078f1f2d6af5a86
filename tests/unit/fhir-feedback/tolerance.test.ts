import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SYSTEM } from '#src/fhir/codes.ts';
import {
  fromDisplayedObservation,
  toDisplayedObservation,
} from '#src/fhir/feedback/displayed.fhir.ts';
import { fromProvenance, toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { readAnswers } from '#src/fhir/feedback/read-answers.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { fromObservation } from '#src/fhir/feedback/read-observation.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { exposure, fullAnswer, ISSUER, id } from './answers.ts';

const full = {
  ...toObservation(fullAnswer, { hideFromPatient: false, hospitalStore: true }),
  id: 'o1',
};
const component = (code: string, value: object) => ({
  code: { coding: [{ system: SYSTEM.feedbackItem, code }] },
  ...value,
});

describe('what cannot be claimed is refused with its reason', () => {
  test.each([
    ['nothing', undefined, 'unsupported', 'Observation.code'],
    ['null', null, 'unsupported', 'Observation.code'],
    ['a string', 'x', 'unsupported', 'Observation.code'],
    ['another resource', { resourceType: 'Patient' }, 'unsupported', 'Observation.code'],
    ['another Observation', { ...full, code: { text: 'x' } }, 'unsupported', 'Observation.code'],
    ['no id', { ...full, id: undefined }, 'missing', 'Observation.id'],
    ['no focus', { ...full, focus: undefined }, 'missing', 'Observation.focus'],
    ['a focus of nulls', { ...full, focus: [null] }, 'missing', 'Observation.focus'],
    ['no subject', { ...full, subject: {} }, 'missing', 'Observation.subject'],
    ['no performer', { ...full, performer: [] }, 'missing', 'Observation.performer'],
    [
      'no time',
      { ...full, effectiveDateTime: 'yesterday' },
      'missing',
      'Observation.effectiveDateTime',
    ],
    ['a cancelled one', { ...full, status: 'cancelled' }, 'unknown-code', 'Observation.status'],
    [
      'a response of a later version',
      { ...full, valueCodeableConcept: { coding: [{ system: SYSTEM.response, code: 'snoozed' }] } },
      'unknown-code',
      'Observation.value',
    ],
    [
      'a response of another system',
      { ...full, valueCodeableConcept: { coding: [{ system: 'urn:x', code: 'accepted' }] } },
      'unknown-code',
      'Observation.value',
    ],
    [
      'no response',
      { ...full, valueCodeableConcept: undefined },
      'unknown-code',
      'Observation.value',
    ],
  ])('%s', (_, resource, code, path) => {
    expect(fromObservation(resource, ISSUER)).toMatchObject({ ok: false, problem: { code, path } });
  });
});

const read = (resource: object) => {
  const result = fromObservation(resource, ISSUER);
  if (!result.ok) throw new Error(result.problem.message);
  return {
    answer: result.value.answer,
    stored: result.value,
    codes: result.problems.map(({ code }) => code),
  };
};

describe('what can be read is kept, with a problem', () => {
  test('a reason that nobody knows', () => {
    const coding = { system: 'urn:other', code: 'because', display: 'Because' };
    const { answer } = read({
      ...full,
      component: [component('override-reason', { valueCodeableConcept: { coding: [coding] } })],
    });
    expect(answer.reasons).toEqual([coding]);
  });

  test('a reason without a system', () => {
    const { answer } = read({
      ...full,
      component: [
        component('override-reason', { valueCodeableConcept: { coding: [{ code: 'x' }] } }),
      ],
    });
    expect(answer.reasons).toEqual([{ system: '', code: 'x' }]);
  });

  test('a model state that nobody knows', () => {
    const state = component('model-state', {
      valueCodeableConcept: { coding: [{ system: SYSTEM.modelState, code: 'asleep' }] },
    });
    const { answer, codes } = read({ ...full, component: [state] });
    expect(answer.model).toEqual({ state: 'unknown' });
    expect(codes).toEqual(['unknown-code']);
  });

  test('components that nobody knows, or with a value of a wrong type', () => {
    const { answer, codes } = read({
      ...full,
      component: [
        null,
        'x',
        component('nonsense', { valueString: 'x' }),
        component('usefulness', { valueString: '4' }),
        { valueString: 'x' },
      ],
    });
    expect(answer).not.toHaveProperty('usefulness');
    expect(codes).toEqual(['unknown-code', 'unknown-code', 'malformed']);
  });

  test('no identifier: its place stands in', () => {
    const { answer, codes } = read({ ...full, identifier: undefined });
    expect(answer.id).toBe(`${ISSUER}/Observation/o1`);
    expect(codes).toEqual(['missing']);
  });

  test('two foci: the first one, and a problem', () => {
    const { answer, codes } = read({
      ...full,
      focus: [...(full.focus ?? []), { reference: 'RiskAssessment/r2' }],
    });
    expect(answer.recommendation.ref.id).toBe('r1');
    expect(codes).toEqual(['malformed']);
  });

  test('a versioned focus: the version is taken from it', () => {
    const { answer } = read({
      ...full,
      component: [],
      focus: [{ reference: 'RiskAssessment/r1/_history/7' }],
    });
    expect(answer.recommendation).toEqual({
      ref: { server: ISSUER, type: 'RiskAssessment', id: 'r1' },
      version: '7',
    });
  });

  test.each(['amended', 'corrected'])('%s counts as final', (status) => {
    expect(read({ ...full, status }).stored.status).toBe('final');
  });

  test('entered in error, and the version', () => {
    const { stored } = read({ ...full, status: 'entered-in-error', meta: { versionId: '3' } });
    expect(stored).toMatchObject({ status: 'entered-in-error', version: '3' });
  });

  test('several notes of a foreign writer are one comment', () => {
    expect(
      read({ ...full, note: [{ text: 'a' }, null, { text: ' ' }, { text: 'b' }] }).answer.comment,
    ).toBe('a\n\nb');
  });

  test('only a reference to what it replaces', () => {
    const extension = [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/observation-replaces',
        valueReference: { reference: 'Observation/o0' },
      },
    ];
    expect(read({ ...full, extension }).answer.replaces).toEqual({
      id: 'Observation/o0',
      reference: 'Observation/o0',
    });
  });
});

describe('readAnswers', () => {
  const snoozed = {
    ...full,
    id: 'o2',
    identifier: [{ system: SYSTEM.uri, value: id(2) }],
    valueCodeableConcept: { coding: [{ system: SYSTEM.response, code: 'snoozed' }] },
  };

  test('passes over what is no response, and counts what cannot be read', () => {
    const { answers, unread, problems } = readAnswers(
      [null, { resourceType: 'Patient' }, full, snoozed],
      ISSUER,
    );
    expect(answers.map(({ ref }) => ref.id)).toEqual(['o1']);
    expect(unread).toEqual([
      { replaces: { id: id(9), reference: 'Observation/o9' }, server: ISSUER },
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['unknown-code']);
  });

  test('does not let a retracted unreadable answer replace anything', () => {
    expect(readAnswers([{ ...snoozed, status: 'entered-in-error' }], ISSUER).unread).toEqual([]);
  });
});

/** Replaces one value anywhere in a resource by anything. */
const mutated = (resource: object) => {
  const paths: string[][] = [];
  const visit = (value: unknown, path: string[]) => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, held] of Object.entries(value)) visit(held, [...path, key]);
  };
  visit(resource, []);
  return fc.tuple(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 })).map(([path, value]) => {
    const made = structuredClone(resource);
    const last = path.at(-1) ?? '';
    const holder = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key), made);
    Reflect.set(holder, last, value);
    return made;
  });
};

describe('no reader throws', () => {
  const sent = toObservation(fullAnswer, { hideFromPatient: false, hospitalStore: true });

  test.each([
    ['an answer', full, (x: unknown) => fromObservation(x, ISSUER)],
    [
      'an exposure',
      { ...toDisplayedObservation(exposure), id: 'o3' },
      (x: unknown) => fromDisplayedObservation(x, ISSUER),
    ],
    [
      'a provenance',
      toProvenance(fullAnswer, 'Observation/o1'),
      (x: unknown) => fromProvenance(x, ISSUER),
    ],
    ['a read-back', full, (x: unknown) => compareObservations(sent, x, ISSUER)],
    ['a search result', full, (x: unknown) => readAnswers([x, x], ISSUER)],
  ])('on %s with one value replaced by anything', (_, resource, reader) => {
    fc.assert(
      fc.property(mutated(resource), (made) => {
        expect(reader(made)).toBeDefined();
      }),
      { numRuns: 400 },
    );
  });

  test('on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromObservation(value, ISSUER).ok).toBe(false);
      }),
    );
  });
});
