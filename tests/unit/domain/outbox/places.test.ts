import { describe, expect, it } from 'vitest';
import type { DeliveryState, Place } from '#src/domain/delivery.ts';
import { reworded, triedAgain } from '#src/domain/outbox/by-hand.ts';
import { finish, finished } from '#src/domain/outbox/finish.ts';
import { furthest } from '#src/domain/outbox/furthest.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import { enter, goesWith, type Route } from '#src/domain/outbox/routes.ts';
import type { SinkId } from '#src/domain/sinks.ts';
import { ADA, anAnswer, ISSUER, NOW, queued, TAB } from '#tests/support/queued-answers.ts';

const durable = true;
const STATES = {
  held: { state: 'held', until: '2026-11-22T15:00:10Z', durable },
  sending: { state: 'sending', durable },
  stored: { state: 'stored', at: 'now', reference: 'Observation/1' },
  degraded: { state: 'degraded', at: 'now', reference: 'Observation/2', lost: ['comment'] },
  rejected: { state: 'rejected', reason: 'no', durable },
  unknown: { state: 'unknown', reason: 'no reply', durable },
  'waiting-sign-in': { state: 'waiting-sign-in', durable },
  'waiting-patient': { state: 'waiting-patient', durable },
  retracted: { state: 'retracted' },
} as const satisfies Record<DeliveryState['state'], DeliveryState>;
type State = keyof typeof STATES;

const place = (state: State, required = true, sink: SinkId = 'hospital-store'): Place => ({
  sink,
  required,
  delivery: STATES[state],
});

describe('one state for several places', () => {
  it.each<[State, State, State]>([
    ['stored', 'stored', 'stored'],
    ['stored', 'degraded', 'degraded'],
    ['stored', 'sending', 'sending'],
    ['stored', 'unknown', 'unknown'],
    ['stored', 'waiting-patient', 'waiting-patient'],
    ['waiting-patient', 'waiting-sign-in', 'waiting-sign-in'],
    ['unknown', 'waiting-patient', 'waiting-patient'],
    ['waiting-sign-in', 'rejected', 'rejected'],
    ['degraded', 'sending', 'sending'],
    ['held', 'held', 'held'],
    ['held', 'retracted', 'held'],
    ['retracted', 'retracted', 'retracted'],
    // Part of it has left: nothing to undo any more.
    ['held', 'stored', 'sending'],
    ['held', 'sending', 'sending'],
    ['held', 'rejected', 'rejected'],
  ])('%s and %s: %s, in either order', (a, b, expected) => {
    expect(furthest([place(a), place(b)]).state).toBe(expected);
    expect(furthest([place(b), place(a)]).state).toBe(expected);
  });

  it('does not let what is only tried speak against it', () => {
    expect(furthest([place('stored'), place('rejected', false)]).state).toBe('stored');
    expect(furthest([place('rejected', false), place('unknown', false)]).state).toBe('rejected');
  });

  it('says of a part that is held on what the device keeps', () => {
    const held = { ...place('held'), delivery: { ...STATES.held, durable: false } };
    expect(furthest([held, place('stored')])).toEqual({ state: 'sending', durable: false });
  });

  it('names the reference of the first of equals', () => {
    expect(furthest([place('degraded'), place('stored')])).toBe(STATES.degraded);
  });
});

const ANSWER = anAnswer('a');
const itemOf = (sink: SinkId, change: Partial<QueuedAnswer> = {}, answer = ANSWER) =>
  queued(answer, change, { sink });
const DELIVERED = { at: 'now', reference: 'Observation/9', lost: [] };
const nothing = () => false;

describe('when a sink has an answer', () => {
  const store = itemOf('hospital-store', { phase: 'sending' });
  const rows = itemOf('epic-flowsheet', { phase: 'queued' });
  const other = queued(anAnswer('other'));

  it('it is erased with all of it, if that was the last place', () => {
    const done = itemOf('epic-flowsheet', { phase: 'delivered' });
    expect(finish(store, DELIVERED, [store, done, other], nothing)).toEqual({
      put: [],
      remove: [store.id, done.id],
    });
  });

  it('it is kept while another place is to come', () => {
    expect(finish(store, DELIVERED, [store, rows, other], nothing)).toEqual({
      put: [{ ...store, phase: 'delivered', delivered: DELIVERED }],
      remove: [],
    });
  });

  it('it counts what is delivered though the device has not taken note', () => {
    const known = (id: string) => id === rows.id;
    expect(finish(store, DELIVERED, [store, rows], known).remove).toEqual([store.id, rows.id]);
  });

  it('tells whoever replaces it there, and there only, the place', () => {
    const later = anAnswer('b', { replaces: { id: 'a' } });
    const here = itemOf('hospital-store', {}, later);
    const elsewhere = itemOf('epic-flowsheet', {}, later);
    const { put } = finish(store, DELIVERED, [store, here, elsewhere], nothing);
    expect(put).toEqual([
      { ...here, answer: { ...later, replaces: { id: 'a', reference: 'Observation/9' } } },
    ]);
  });

  it('a retraction takes what it took back out of the queue, in its own sink', () => {
    const retraction = itemOf(
      'hospital-store',
      { kind: 'retraction' },
      anAnswer('w', { replaces: { id: 'a' }, response: 'withdrawn' }),
    );
    const { remove } = finish(retraction, DELIVERED, [retraction, store, rows], nothing);
    expect(remove).toEqual([retraction.id, store.id]);
    expect(finish(retraction, DELIVERED, [retraction, rows], nothing).remove).toEqual([
      retraction.id,
    ]);
    const amendment = { ...retraction, kind: 'answer' as const };
    expect(finish(amendment, DELIVERED, [amendment, store], nothing).remove).toEqual([
      amendment.id,
    ]);
  });

  it('what was kept for a place that was given up goes at the next look', () => {
    const kept = itemOf('hospital-store', { phase: 'delivered' });
    expect(finished([kept, other])).toEqual([kept.id]);
    expect(finished([kept, rows])).toEqual([]);
  });
});

describe('one click, several routes', () => {
  const route = (sink: SinkId, change: Partial<Route> = {}): Route => ({
    sink,
    required: true,
    takes: () => true,
    ...change,
  });
  const TARGET = { server: 'http://store.test/fhir', subject: 'Patient/77' };
  const given = {
    answer: ANSWER,
    kind: 'answer' as const,
    owner: { issuer: ISSUER, user: ADA },
    patient: 'Patient/p1',
    now: NOW,
    undoMs: 10_000,
    tab: TAB,
  };

  it('make one item each, held as long as it can be undone', () => {
    const { put, remove } = enter(
      given,
      [route('hospital-store', { target: TARGET }), route('epic-flowsheet', { required: false })],
      [],
    );
    expect(remove).toEqual([]);
    expect(
      put.map(({ id, sink, required, target, phase, nextAt }) => [
        id,
        sink,
        required,
        target,
        phase,
        nextAt - NOW,
      ]),
    ).toEqual([
      ['a hospital-store', 'hospital-store', true, TARGET, 'held', 10_000],
      ['a epic-flowsheet', 'epic-flowsheet', false, undefined, 'held', 10_000],
    ]);
    expect(enter(given, [route('fhir-observation')], []).put[0]?.id).toBe('a');
  });

  it('send at once where the device forgets, and a taking back everywhere', () => {
    const gathering = route('document-note', { gatherMs: 600_000 });
    const delays = (change: Partial<typeof given> | { readonly kind: 'retraction' }) =>
      enter({ ...given, ...change }, [route('hospital-store'), gathering], []).put.map(
        ({ delayMs }) => delayMs,
      );
    expect(delays({})).toEqual([10_000, 600_000]);
    expect(delays({ undoMs: 0 })).toEqual([0, 0]);
    expect(delays({ kind: 'retraction' })).toEqual([0, 600_000]);
  });

  it('gather what this tab holds for the same patient, until the newest is due', () => {
    const note = route('document-note', { gatherMs: 600_000 });
    const mine = itemOf('document-note', { phase: 'held', nextAt: NOW + 1 }, anAnswer('m'));
    const queuedOne = itemOf('document-note', { phase: 'queued' }, anAnswer('q'));
    const theirs = itemOf('document-note', { phase: 'held', tab: 'tab-2' }, anAnswer('t'));
    const { put } = enter(given, [note], [mine, queuedOne, theirs]);
    expect(put.map(({ id, nextAt }) => [id, nextAt - NOW])).toEqual([
      ['a document-note', 600_000],
      ['m document-note', 600_000],
    ]);
    expect(enter(given, [route('document-note')], [mine]).put).toHaveLength(1);
  });

  it('let another take the place of what never left, each for itself', () => {
    const amending = { ...given, answer: anAnswer('b', { replaces: { id: 'a' } }) };
    const left = itemOf('hospital-store', { phase: 'queued', doubts: 1 });
    const never = itemOf('epic-flowsheet', { phase: 'held' });
    const { put, remove } = enter(
      amending,
      [route('hospital-store'), route('epic-flowsheet')],
      [left, never],
    );
    expect(remove).toEqual([never]);
    expect(put.map(({ sink, answer, superseded }) => [sink, answer?.replaces, superseded])).toEqual(
      [
        ['hospital-store', { id: 'a' }, undefined],
        ['epic-flowsheet', undefined, never],
      ],
    );
  });

  it('wait for what may be on its way before they take it back', () => {
    const taking = {
      ...given,
      kind: 'retraction' as const,
      answer: anAnswer('w', { replaces: { id: 'a' }, response: 'withdrawn' }),
    };
    const left = itemOf('hospital-store', { phase: 'queued', doubts: 1, lastSentAt: NOW - 500 });
    const unsent = itemOf('epic-flowsheet', { phase: 'sending' });
    const { put } = enter(
      taking,
      [route('hospital-store'), route('epic-flowsheet')],
      [left, unsent],
    );
    expect(put.map(({ superseded, lastSentAt }) => [superseded, lastSentAt])).toEqual([
      [left, NOW - 500],
      [unsent, NOW],
    ]);
  });

  it('name the place of the earlier answer to the server that has it', () => {
    const amending = {
      ...given,
      answer: anAnswer('b', { replaces: { id: 'a', reference: 'Observation/9' } }),
    };
    const routes = [route('fhir-observation'), route('hospital-store')];
    expect(enter(amending, routes, []).put.map(({ answer }) => answer?.replaces)).toEqual([
      { id: 'a' },
      { id: 'a', reference: 'Observation/9' },
    ]);
  });
});

describe('what may stand in one document', () => {
  const one = itemOf('document-note', { phase: 'held' });
  it.each<[string, Partial<QueuedAnswer>, boolean]>([
    ['held', {}, true],
    ['queued', { phase: 'queued' }, true],
    ['under way', { phase: 'sending' }, false],
    ['of another tab', { tab: 'tab-2' }, false],
    ['about another patient', { patient: 'Patient/p2' }, false],
    ['of another server', { owner: { issuer: 'http://x.test', user: ADA } }, false],
    ['of another clinician', { owner: { issuer: ISSUER, user: 'Practitioner/x' } }, false],
    ['in doubt', { doubts: 1 }, false],
  ])('what is %s: %s', (_what, change, expected) => {
    expect(goesWith({ ...one, ...change }, one)).toBe(expected);
  });

  it('nothing goes with what is in doubt', () => {
    expect(goesWith(one, { ...one, doubts: 1 })).toBe(false);
  });
});

describe('by hand', () => {
  const refused = itemOf('hospital-store', {
    phase: 'attention',
    last: 'http-422',
    attempts: 3,
    doubts: 1,
    acknowledged: true,
    nextAt: 1,
    delayMs: 5,
  });

  it('what asks for a person is due again, and forgets that it was acknowledged', () => {
    const { acknowledged: _acknowledged, ...rest } = refused;
    expect(triedAgain(refused, NOW)).toEqual({
      ...rest,
      phase: 'queued',
      nextAt: NOW,
      delayMs: 0,
      attempts: 0,
    });
  });

  it('who has looked may send again what could be there twice', () => {
    expect(triedAgain({ ...refused, last: 'in-doubt' }, NOW).doubts).toBe(0);
    expect(triedAgain(refused, NOW).doubts).toBe(1);
  });

  it.each(['held', 'sending', 'delivered'] as const)('what is %s is left alone', (phase) => {
    const item = { ...refused, phase };
    expect(triedAgain(item, NOW)).toBe(item);
  });

  it('other words go at once', () => {
    expect(reworded(refused, { comment: 'new' }, NOW)).toMatchObject({
      phase: 'queued',
      nextAt: NOW,
      delayMs: 0,
      attempts: 0,
      answer: { id: 'a', comment: 'new' },
    });
  });
});
