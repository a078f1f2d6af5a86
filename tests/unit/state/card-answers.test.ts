import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '#src/domain/delivery.ts';
import type { Answer, StoredAnswer } from '#src/domain/feedback.ts';
import { cardAnswers } from '#src/state/card-answers.ts';
import { answer, item, minutesAgo, SERVER } from './deps.ts';

const RECOMMENDATION = `${SERVER}/RiskAssessment/r1`;
const stored = (one: Answer, id: string, change: Partial<StoredAnswer> = {}): StoredAnswer => ({
  answer: one,
  ref: { server: SERVER, type: 'Observation', id },
  status: 'final',
  ...change,
});
const on = (answers: readonly StoredAnswer[], outboxItems: readonly OutboxItem[] = []) =>
  cardAnswers({
    read: { answers, unread: [], problems: [] },
    outboxItems,
    performer: 'Practitioner/me',
    record: SERVER,
    nameOf: () => undefined,
    placeName: (sink) => `The ${sink}`,
  }).of(RECOMMENDATION);
const held = { state: 'held', until: minutesAgo(-1), durable: false } as const;

describe('an answer that goes to several places', () => {
  const at = minutesAgo(0);
  const state = (reference: string) => ({ state: 'stored', at, reference }) as const;
  const places = [
    { sink: 'hospital-store', required: true, delivery: state('Observation/9') },
    { sink: 'epic-flowsheet', required: true, delivery: state('Observation/row') },
  ] as const;

  it('names each of them', () => {
    const [only] = on([], [{ ...item(answer('a'), state('Observation/row')), places }]);
    expect(only?.places?.map(({ name }) => name)).toEqual([
      'The hospital-store',
      'The epic-flowsheet',
    ]);
  });

  it('is replaced where it stands whole, never in a projection of it', () => {
    const reference = (some: OutboxItem['places']) =>
      on([], [{ ...item(answer('a'), state('Observation/row')), ...(some && { places: some }) }])[0]
        ?.reference;
    expect(reference(places)).toBe('Observation/9');
    expect(reference([places[1]])).toBeUndefined();
  });
});

describe('one list of what the server holds and what is on its way', () => {
  it('an answer on its way is current at once, and has no place on the server yet', () => {
    const [only] = on([], [item(answer('a'), held)]);
    expect(only).toMatchObject({ mine: true, current: true, delivery: held });
    expect(only?.reference).toBeUndefined();
  });

  it('a delivered one that is not in the search result yet has the place that delivery told', () => {
    const delivery = { state: 'stored', at: minutesAgo(0), reference: 'Observation/9' } as const;
    expect(on([], [item(answer('a'), delivery)])[0]?.reference).toBe('Observation/9');
  });

  it('the same answer in both is one, with its delivery and its place', () => {
    const delivery = { state: 'stored', at: minutesAgo(0), reference: 'Observation/9' } as const;
    const all = on([stored(answer('a'), '9')], [item(answer('a'), delivery)]);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ reference: 'Observation/9', delivery });
  });

  it('what is on its way already replaces what it names', () => {
    const change = answer('b', { replaces: { id: 'a' }, answeredAt: minutesAgo(1) });
    const all = on([stored(answer('a'), '1')], [item(change, held)]);
    expect(all.map((one) => [one.answer.id, one.current])).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });

  it('an undone one is gone, and what it replaced is back', () => {
    const change = answer('b', { replaces: { id: 'a' } });
    const all = on([stored(answer('a'), '1')], [item(change, { state: 'retracted' })]);
    expect(all.map((one) => [one.answer.id, one.current])).toEqual([['a', true]]);
  });

  it('a refused one stays on the card with its reason', () => {
    const delivery = { state: 'rejected', reason: 'No.', durable: false } as const;
    expect(on([], [item(answer('a'), delivery)])[0]?.delivery).toEqual(delivery);
  });

  it('copies of one answer count once', () => {
    expect(on([stored(answer('a'), '1'), stored(answer('a'), '2')])).toHaveLength(1);
  });

  it('newest first, by instant and not by text', () => {
    const all = on([
      stored(answer('early', { answeredAt: '2026-11-22T14:30:00+01:00' }), '1'),
      stored(answer('late', { answeredAt: '2026-11-22T14:00:00Z' }), '2'),
    ]);
    expect(all.map((one) => one.answer.id)).toEqual(['late', 'early']);
  });

  it('of another recommendation, or of the same id elsewhere, are not on this card', () => {
    const elsewhere = answer('x', {
      recommendation: {
        ref: { server: 'https://other.example.org/fhir', type: 'RiskAssessment', id: 'r1' },
      },
    });
    expect(on([stored(elsewhere, '1')])).toEqual([]);
  });

  it('a colleague without a known name is shown by reference, never as "You"', () => {
    const theirs = answer('a', { performer: { reference: 'Practitioner/other' } });
    expect(on([stored(theirs, '1')])[0]).toMatchObject({ mine: false, by: 'Practitioner/other' });
  });
});
