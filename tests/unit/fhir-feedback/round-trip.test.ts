import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fromDisplayedObservation,
  toDisplayedObservation,
} from '#src/fhir/feedback/displayed.fhir.ts';
import { fromProvenance, toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { fromObservation } from '#src/fhir/feedback/read-observation.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { anyAnswer, exposure, fullAnswer, ISSUER, leanAnswer, STORE } from './answers.ts';

const HOSPITAL = { hideFromPatient: false, hospitalStore: true };

const wire = <T extends object>(resource: T): object => ({
  ...JSON.parse(JSON.stringify(resource)),
  id: 'o1',
});

test.each([
  ['with everything', fullAnswer],
  ['with nothing optional', leanAnswer],
])('an answer %s comes back as it was', (_, answer) => {
  const result = fromObservation(wire(toObservation(answer, HOSPITAL)), ISSUER);
  expect(result).toEqual({
    ok: true,
    value: {
      answer,
      ref: { server: ISSUER, type: 'Observation', id: 'o1' },
      status: 'final',
    },
    problems: [],
  });
});

test('any answer comes back as it was, and its read-back finds nothing lost', () => {
  fc.assert(
    fc.property(anyAnswer, (answer) => {
      const sent = toObservation(answer, HOSPITAL);
      const result = fromObservation(wire(sent), ISSUER);
      expect(result.ok && result.value.answer).toEqual(answer);
      expect(result.ok && result.problems).toEqual([]);
      expect(compareObservations(sent, wire(sent))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('an answer in another store comes back, given the issuer', () => {
  const sent = toObservation(fullAnswer, { ...HOSPITAL, server: STORE, subject: 'Patient/77' });
  const result = fromObservation(wire(sent), STORE, { issuer: ISSUER });
  expect(result.ok && result.value.answer).toEqual({
    ...fullAnswer,
    patient: `${STORE}/Patient/77`,
  });
});

test('an exposure comes back as it was', () => {
  const result = fromDisplayedObservation(wire(toDisplayedObservation(exposure)), ISSUER);
  expect(result.ok && result.value.exposure).toEqual(exposure);
});

test('provenance comes back as it was said', () => {
  const sent = toProvenance(fullAnswer, 'Observation/o1');
  expect(fromProvenance(wire(sent), ISSUER)).toMatchObject({
    ok: true,
    value: { observation: 'Observation/o1', role: 'author', performer: 'Practitioner/d1' },
  });
});

test('any answer is valid by all validators, for each kind of store', () => {
  fc.assert(
    fc.property(anyAnswer, fc.boolean(), fc.boolean(), (answer, hospitalStore, hideFromPatient) => {
      expectValid(toObservation(answer, { hospitalStore, hideFromPatient }));
      expectValid(toProvenance(answer, 'Observation/o1'));
    }),
    { numRuns: 60 },
  );
}, 30_000);

test.each([
  ['accepted', 'verifier', ['Observation/o1', 'RiskAssessment/r1']],
  ['accepted-modified', 'verifier', ['Observation/o1', 'RiskAssessment/r1']],
  ['overridden', 'author', ['Observation/o1']],
  ['deferred', 'author', ['Observation/o1']],
  ['withdrawn', 'author', ['Observation/o1']],
] as const)('who says %s is %s in the provenance', (response, role, targets) => {
  const sent = toProvenance({ ...fullAnswer, response }, 'Observation/o1');
  expect(sent.agent[0]?.type?.coding?.[0]?.code).toBe(role);
  expect(sent.target.map(({ reference }) => reference)).toEqual(targets);
  expect(sent.entity?.[0]).toMatchObject({
    role: 'source',
    what: { reference: 'RiskAssessment/r1' },
  });
});

test.each([
  ['no Provenance', { resourceType: 'Patient' }, 'unsupported'],
  ['no target', { resourceType: 'Provenance' }, 'missing'],
  ['no source', { ...toProvenance(fullAnswer, 'Observation/o1'), entity: [] }, 'missing'],
  ['no agent', { ...toProvenance(fullAnswer, 'Observation/o1'), agent: [] }, 'missing'],
])('a provenance with %s is refused', (_, resource, code) => {
  expect(fromProvenance(resource, ISSUER)).toMatchObject({ ok: false, problem: { code } });
});
