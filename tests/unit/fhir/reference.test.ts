import { describe, expect, test } from 'vitest';
import {
  buildPool,
  literal,
  parseReference,
  referenceElements,
  refOf,
  resolve,
  resourceId,
} from '#src/fhir/reference.ts';
import { SERVER } from './sample.ts';

const here = (type: string, id: string) => ({ server: SERVER, type, id });
const OTHER = 'https://other.example.org/a/b';

describe('a reference taken apart', () => {
  test.each<[string, unknown]>([
    ['Patient/p1', { ref: here('Patient', 'p1') }],
    ['Patient/p1/_history/3', { ref: here('Patient', 'p1'), version: '3' }],
    [`${OTHER}/Patient/p1`, { ref: { server: OTHER, type: 'Patient', id: 'p1' } }],
    [
      `${OTHER}/Patient/p1/_history/3`,
      { ref: { server: OTHER, type: 'Patient', id: 'p1' }, version: '3' },
    ],
    ['http://h/Patient/p1', { ref: { server: 'http://h', type: 'Patient', id: 'p1' } }],
    ['#inner', undefined],
    ['Patient/p1#', undefined],
    ['urn:uuid:00000000-0000-4000-8000-000000000000', undefined],
    ['p1', undefined],
    ['/p1', undefined],
    ['patient/p1', undefined],
    ['Patient/', undefined],
    ['Patient/p 1', undefined],
    ['Patient/p?1', undefined],
    ['x/Patient/p1', undefined],
    ['ftp://h/Patient/p1', undefined],
    ['shttps://h/Patient/p1', undefined],
    ['https:x//h/Patient/p1', undefined],
    ['/fhir/Patient/p1', undefined],
    ['', undefined],
  ])('%s', (sent, expected) => {
    expect(parseReference(sent, SERVER)).toEqual(expected);
  });

  test('what is no text is no reference', () => {
    expect([undefined, null, 5, {}].map((one) => parseReference(one, SERVER))).toEqual(
      Array(4).fill(undefined),
    );
  });
});

test('a resource without a usable id or type has no place', () => {
  expect(refOf({ resourceType: 'Patient', id: 'a b' }, SERVER)).toBeUndefined();
  expect(refOf({ resourceType: 'patient', id: 'a' }, SERVER)).toBeUndefined();
  expect(refOf({ id: 'a' }, SERVER)).toBeUndefined();
  expect(refOf({ resourceType: 'Patient', id: 'a' }, SERVER)).toEqual(here('Patient', 'a'));
  expect(resourceId('undefined')).toBe('undefined');
  expect(resourceId(undefined)).toBeUndefined();
});

describe('of two copies of one resource', () => {
  const copy = (name: string, meta: unknown) => ({
    resourceType: 'Patient',
    id: 'p1',
    name,
    meta,
  });
  const kept = (first: unknown, second: unknown) =>
    buildPool(SERVER, [copy('first', first), copy('second', second)]).get(`${SERVER}/Patient/p1`)
      ?.name;
  const at = (lastUpdated: string, versionId?: string) => ({ versionId, lastUpdated });

  test.each<[string, unknown, unknown, string]>([
    ['the higher version', { versionId: '2' }, { versionId: '10' }, 'second'],
    ['in any order', { versionId: '10' }, { versionId: '2' }, 'first'],
    ['the version before the time', at('2026', '3'), at('2027', '2'), 'first'],
    ['the same version: the later one', at('2026', '2'), at('2027', '2'), 'second'],
    ['the same version and earlier', at('2027', '2'), at('2026', '2'), 'first'],
    ['no number: the later one', at('2026', 'b'), at('2027', 'a'), 'second'],
    ['no number and earlier', at('2027', 'a'), at('2026', 'b'), 'first'],
    ['only one number: the later one', at('2026', '9'), at('2027', 'a'), 'second'],
    ['only the other: the earlier stays', at('2027', 'a'), at('2026', '9'), 'first'],
    ['a version of nought is none', at('2026', '1'), at('2027', '0'), 'second'],
    ['nor is it on the other side', at('2027', '0'), at('2026', '1'), 'first'],
    ['the same time: the first', at('2026'), at('2026'), 'first'],
    ['nothing known: the first', undefined, undefined, 'first'],
    ['a time beside none', undefined, at('2026'), 'first'],
  ])('%s', (_what, first, second, expected) => {
    expect(kept(first, second)).toBe(expected);
  });

  test('what is contained is found under its parent, and only with an id', () => {
    const pool = buildPool(SERVER, [
      {
        resourceType: 'Patient',
        id: 'p1',
        contained: [{ resourceType: 'Organization', id: 'o' }, { resourceType: 'Organization' }],
      },
    ]);
    expect([...pool.keys()]).toEqual([`${SERVER}/Patient/p1`, `${SERVER}/Patient/p1#o`]);
    expect(resolve('Patient/p1#o', SERVER, pool)).toEqual({
      resourceType: 'Organization',
      id: 'o',
    });
  });
});

describe('the literal reference of an element', () => {
  test.each<[unknown, string | undefined]>([
    [{ reference: 'Patient/p1' }, 'Patient/p1'],
    ['Patient/p1', 'Patient/p1'],
    [{ reference: `${SERVER}/Patient/p1` }, 'Patient/p1'],
    [{ reference: `${SERVER}/Patient/p1/_history/2` }, 'Patient/p1/_history/2'],
    [{ reference: `${OTHER}/Patient/p1` }, `${OTHER}/Patient/p1`],
    [{ reference: '#inner' }, 'RiskAssessment/r1#inner'],
    [{ reference: 'urn:uuid:1' }, 'urn:uuid:1'],
    [{ display: 'x' }, undefined],
  ])('%j', (element, expected) => {
    expect(literal(element, here('RiskAssessment', 'r1'))).toBe(expected);
  });
});

test('objects and bare texts may be references, numbers may not', () => {
  expect(referenceElements([{ reference: 'a' }, 'b', 5, true], undefined, 'c')).toEqual([
    { reference: 'a' },
    'b',
    'c',
  ]);
});
