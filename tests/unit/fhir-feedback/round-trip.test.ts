import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fromDisplayedObservation,
  toDisplayedObservation,
} from '#src/fhir/feedback/displayed.fhir.ts';
import { fromProvenance, toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { fromObservation, toObservation } from '#src/fhir/feedback/response.fhir.ts';
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
