import { describe, expect, test } from 'vitest';
import type { BasisReference } from '#src/domain/recommendation.ts';
import { readEvidence } from '#src/fhir/evidence.fhir.ts';
import { observation, SERVER } from './sample.ts';

const STORE = 'https://store.example.org/fhir';
type Sent = Record<string, unknown>;

const items = (
  basis: readonly BasisReference[],
  here: readonly Sent[],
  there: readonly Sent[] = [],
) =>
  readEvidence({
    server: SERVER,
    patientId: 'p1',
    basis,
    resources: here,
    elsewhere: { server: STORE, patientId: 'p1', resources: there },
  });
const item = (...args: Parameters<typeof items>) => items(...args)[0];
const named = (value: string, system = 'urn:lab') => ({ identifier: [{ value, system }] });
const wanted = { identifier: { value: '7', system: 'urn:lab' } };

describe('an input that is named by identifier', () => {
  const [seven, eight] = [named('7'), named('8')];

  test.each<[string, readonly Sent[], readonly Sent[], string | undefined]>([
    [
      'is the one that has it',
      [observation({ id: 'a', ...eight }), observation({ id: 'b', ...seven })],
      [],
      'b',
    ],
    ['in that system', [observation({ id: 'a', ...named('7', 'urn:x') })], [], undefined],
    [
      'on the other server, where this one has none',
      [observation({ id: 'a', ...eight })],
      [observation({ id: 'c', ...seven })],
      'c',
    ],
    [
      'here, where both have one',
      [observation({ id: 'a', ...seven })],
      [observation({ id: 'c', ...seven })],
      'a',
    ],
    ['nowhere', [], [], undefined],
  ])('%s', (_what, here, there, id) => {
    expect(item([wanted], here, there)?.ref?.id).toBe(id);
  });

  test('and by a reference that leads nowhere is not guessed', () => {
    const found = item([{ ...wanted, reference: 'Observation/gone' }], [observation(seven)]);
    expect(found?.problems.map(({ message }) => message)).toEqual([
      'This input could not be read from the server.',
    ]);
  });
});

describe('an input elsewhere', () => {
  test.each<[string, BasisReference, string]>([
    [
      'on a server that was read',
      { reference: `${STORE}/Observation/x` },
      'This input could not be read from the server.',
    ],
    [
      'on one that was not',
      { reference: 'https://else.example.org/Observation/x' },
      'This input is on a server that this app does not read.',
    ],
    ['in words', { display: 'Lactate' }, 'The producer gave this input as text only.'],
    ['by identifier', wanted, 'This input could not be read from the server.'],
  ])('%s: why it is missing', (_what, basis, message) => {
    expect(item([basis], [])?.problems.map((one) => one.message)).toEqual([message]);
  });

  test('is read there, under its own patient', () => {
    const found = item([{ reference: `${STORE}/Observation/lactate` }], [], [observation()]);
    expect(found).toMatchObject({ ref: { server: STORE }, latest: { value: 3.4 } });
  });

  test('without a name is called so', () => {
    const plain = { resourceType: 'Basic', id: 'b', subject: { reference: 'Patient/p1' } };
    expect(item([{ reference: 'Basic/b' }], [plain])?.label).toBe('Basic');
    const [contained] = items(
      [{ reference: 'Basic/b#inner' }],
      [{ ...plain, contained: [{ id: 'inner' }] }],
    );
    expect(contained?.label).toBe('Unnamed input');
  });
});

test('an input in words is not looked for among what has identifiers', () => {
  const [found] = items([{ display: 'Lactate' }], [observation(named('7'))]);
  expect(found).toMatchObject({ label: 'Lactate', latest: {} });
});

test.each([
  ['Observation/lactate', []],
  ['Observation/lactate/_history/2', []],
  ['Observation/lactate/_history/1', ['This input has been changed since the AI used it.']],
])('%s, now in version 2', (reference, messages) => {
  const found = item([{ reference }], [observation({ meta: { versionId: '2' } })]);
  expect(found?.problems.map(({ message }) => message)).toEqual(messages);
});

describe('the trend over two servers', () => {
  const at = (id: string, hour: string, value: number, unit = 'mmol/L') =>
    observation({
      id,
      effectiveDateTime: `2026-10-01T${hour}:00:00Z`,
      valueQuantity: { value, unit, code: unit },
    });
  const series = (here: readonly Sent[], there: readonly Sent[]) =>
    item([{ reference: 'Observation/a' }], here, there)?.series.map(({ value }) => value);

  test.each<[string, readonly Sent[], readonly Sent[], readonly number[]]>([
    ['a copy is one point', [at('a', '07', 1)], [at('x', '07', 1)], [1]],
    ['of several values too', [at('a', '07', 1), at('b', '08', 2)], [at('x', '08', 2)], [1, 2]],
    ['another time is another point', [at('a', '07', 1)], [at('x', '08', 1)], [1, 1]],
    ['another value is another point', [at('a', '07', 1)], [at('x', '07', 2)], [1, 2]],
    ['two on one server are two', [at('a', '07', 1), at('b', '07', 1)], [], [1, 1]],
    ['what only the other has is there', [at('a', '07', 1)], [at('x', '06', 5)], [5, 1]],
  ])('%s', (_what, here, there, expected) => {
    expect(series(here, there)).toEqual(expected);
  });

  test('another unit is no copy, and is left out with a word', () => {
    const found = item(
      [{ reference: 'Observation/a' }],
      [at('a', '07', 1)],
      [at('x', '07', 1, 'mg/dL')],
    );
    expect(found?.series).toHaveLength(1);
    expect(found?.problems.map(({ path }) => path)).toEqual(['series']);
  });

  test('has only Observations of its own right, with a number', () => {
    const coded = { ...at('q', '06', 9), resourceType: 'ServiceRequest', id: 'q' };
    const words = observation({ id: 'w', valueQuantity: undefined, valueString: 'high' });
    const holder = { ...at('h', '05', 8), valueQuantity: undefined, contained: [at('i', '05', 8)] };
    const found = item([{ reference: 'Observation/a' }], [at('a', '07', 1), coded, words, holder]);
    expect(found?.series.map(({ value }) => value)).toEqual([1]);
    expect(found?.problems).toEqual([]);
  });

  test('is none of a result in words, whatever numbers came before', () => {
    const words = observation({ id: 'a', valueQuantity: undefined, valueString: 'high' });
    expect(series([words, at('b', '06', 1)], [])).toEqual([]);
  });
});
