import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uuidV5 } from '#src/domain/uuid-v5.ts';
import {
  exposureId,
  fromDisplayedObservation,
  toDisplayedObservation,
} from '#src/fhir/feedback/displayed.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { exposure, ISSUER, id, STORE } from './answers.ts';

/** The same by Node's own SHA-1. */
function byNode(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('name-based identifiers', () => {
  test('agree with the example of RFC 9562', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  test('agree with Node’s SHA-1 for any name, around block borders too', () => {
    for (const length of [0, 1, 39, 40, 55, 56, 63, 64, 65, 119, 120, 1000])
      expect(uuidV5(DNS, 'x'.repeat(length))).toBe(byNode(DNS, 'x'.repeat(length)));
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary', maxLength: 300 }), (namespace, name) => {
        const whole = name.toWellFormed();
        expect(uuidV5(namespace, whole)).toBe(byNode(namespace, whole));
      }),
    );
  });
});

describe('the identifier of an exposure', () => {
  const recommendation = {
    ref: { server: ISSUER, type: 'RiskAssessment', id: 'r1' },
    version: '2',
  };
  const first = exposureId(recommendation, 'Practitioner/d1', 'launch-1');

  test('is the same each time', () => {
    expect(exposureId(structuredClone(recommendation), 'Practitioner/d1', 'launch-1')).toBe(first);
    expect(first).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  test.each([
    ['version', exposureId({ ...recommendation, version: '3' }, 'Practitioner/d1', 'launch-1')],
    ['absent version', exposureId({ ref: recommendation.ref }, 'Practitioner/d1', 'launch-1')],
    [
      'server',
      exposureId(
        { ...recommendation, ref: { ...recommendation.ref, server: STORE } },
        'Practitioner/d1',
        'launch-1',
      ),
    ],
    ['clinician', exposureId(recommendation, 'Practitioner/d2', 'launch-1')],
    ['launch', exposureId(recommendation, 'Practitioner/d1', 'launch-2')],
  ])('differs by %s', (_, other) => {
    expect(other).not.toBe(first);
  });
});

describe('an exposure, row by row of the contract', () => {
  const observation = toDisplayedObservation(exposure);

  test('is labelled as asserted by a device, with the clinician as performer', () => {
    expect(observation.meta?.security).toEqual([
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'DEVAST' },
    ]);
    expect(observation.performer?.[0]?.reference).toBe('Practitioner/d1');
  });

  test('has no value, only a time', () => {
    expect(Object.keys(observation).filter((key) => key.startsWith('value'))).toEqual([]);
    expect(observation.effectiveDateTime).toBe(exposure.displayedAt);
    expect(observation.identifier).toEqual([{ system: 'urn:ietf:rfc:3986', value: id(3) }]);
    expect(observation.code.coding?.[0]?.code).toBe('recommendation-displayed');
  });

  test('what was kept from the screen has a code and an identifier of its own', () => {
    const withheld = toDisplayedObservation({ ...exposure, withheld: true });
    expectValid(withheld);
    expect(withheld.code.coding?.[0]?.code).toBe('recommendation-withheld');
    expect(fromDisplayedObservation({ ...withheld, id: 'o1' }, STORE).ok).toBe(false);
    const of = (kept: boolean) =>
      exposureId(exposure.recommendation, exposure.performer.reference, 'l1', kept);
    expect(of(true)).not.toBe(of(false));
  });

  test('is valid, here and in another store', () => {
    expectValid(observation);
    expectValid(toDisplayedObservation(exposure, { server: STORE, subject: 'Patient/77' }));
  });
});
