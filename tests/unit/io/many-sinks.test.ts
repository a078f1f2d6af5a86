import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '#src/domain/feedback.ts';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { SinkId } from '#src/domain/sinks.ts';
import { freshIndexedDb } from '#tests/support/fake-indexed-db.ts';
import { smallOutbox } from '#tests/support/outbox/small-outbox.ts';
import { anAnswer } from '#tests/support/queued-answers.ts';

const TARGET = { server: 'http://store.test/fhir', subject: 'Patient/77' };
const STORE = { sink: 'hospital-store', target: TARGET } as const;
const ROWS = { sink: 'epic-flowsheet' } as const;
const NOTE = { sink: 'document-note', gatherMs: 600_000 } as const;
const EHR = { sink: 'fhir-observation', required: false } as const;

const NETWORK: AttemptResult = { kind: 'network', sent: true };
const REFUSED: AttemptResult = { kind: 'http', status: 422, sent: true };
const stored = (reference: string): AttemptResult => ({
  kind: 'stored',
  reference,
  lost: [],
  sent: true,
});
const replacing = (id: string, earlier: string, reference?: string): Answer =>
  anAnswer(id, { replaces: { id: earlier, ...(reference && { reference }) } });
const withdrawing = (id: string, earlier: string): Answer => ({
  ...replacing(id, earlier),
  response: 'withdrawn',
});

type Outbox = ReturnType<typeof smallOutbox>;
const placesOf = ({ outbox }: Outbox, id: string) =>
  Object.fromEntries(
    (outbox.items().find(({ answer }) => answer.id === id)?.places ?? []).map(
      ({ sink, delivery }) => [sink, delivery.state],
    ),
  );
const sentTo = ({ sent }: Outbox, sink: SinkId) =>
  sent.filter(({ item }) => item.sink === sink).map(({ item }) => item.answer.id);

beforeEach(() => void freshIndexedDb());

describe('an answer with several sinks', () => {
  it('goes to each of them, and is erased when all have it', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    await box.outbox.submit(anAnswer('a'));
    expect(box.stateOf('a')).toBe('held');
    await box.passing(10_000);
    expect(box.sent.map(({ item }) => item.sink).sort()).toEqual([
      'epic-flowsheet',
      'hospital-store',
    ]);
    expect(box.stateOf('a')).toBe('stored');
    expect(smallOutbox({ sinks: [STORE, ROWS] }).outbox.items()).toEqual([]);
  });

  it('is not called sent while one that must have it has not; the other is not asked again', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    box.says('epic-flowsheet', NETWORK, NETWORK);
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    expect(placesOf(box, 'a')).toEqual({ 'hospital-store': 'stored', 'epic-flowsheet': 'unknown' });
    expect(box.stateOf('a')).toBe('unknown');
    expect(box.outbox.report().count).toBe(1);
    await box.passing(600_000);
    expect(box.stateOf('a')).toBe('stored');
    expect(sentTo(box, 'hospital-store')).toEqual(['a']);
    expect(box.outbox.report().count).toBe(0);
  });

  it('is remembered as delivered there by the next tab, which sends the rest', async () => {
    const first = smallOutbox({ sinks: [STORE, ROWS] });
    first.says('hospital-store', stored('Observation/9'));
    first.says('epic-flowsheet', NETWORK);
    await first.outbox.submit(anAnswer('a'));
    await first.passing(10_000);
    first.outbox.close();

    const next = smallOutbox({ sinks: [STORE, ROWS], tab: 'tab-2', clock: first.clock });
    await next.outbox.whenIdle();
    expect(placesOf(next, 'a')).toMatchObject({ 'hospital-store': 'stored' });
    await next.passing(600_000);
    expect(sentTo(next, 'hospital-store')).toEqual([]);
    expect(sentTo(next, 'epic-flowsheet')).toEqual(['a']);
    expect(next.outbox.waiting()).toEqual([]);
  });

  it('says nothing against it when one that is only tried refuses it', async () => {
    const box = smallOutbox({ sinks: [STORE, EHR] });
    box.says('fhir-observation', REFUSED);
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    expect(box.stateOf('a')).toBe('stored');
    expect(placesOf(box, 'a')).toEqual({
      'hospital-store': 'stored',
      'fhir-observation': 'rejected',
    });
  });

  it('freezes where it goes, and about whom there, at the click', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    const targets = box.sent.map(({ item }) => [item.sink, item.subject, item.target]);
    expect(targets).toContainEqual(['hospital-store', 'Patient/p1', TARGET]);
    expect(targets).toContainEqual(['epic-flowsheet', 'Patient/p1', undefined]);
  });

  it('is undone everywhere or nowhere', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    await box.outbox.submit(anAnswer('a'));
    expect(await box.outbox.undo('a')).toBe(true);
    await box.passing(60_000);
    expect([box.sent, box.stateOf('a')]).toEqual([[], 'retracted']);

    box.says('epic-flowsheet', { kind: 'http', status: 401, sent: true });
    await box.outbox.submit(anAnswer('b'));
    await box.passing(10_000);
    expect(await box.outbox.undo('b')).toBe(false);
  });

  it('leaves out a sink that has no word for it', async () => {
    const relay = { sink: 'cds-feedback-relay', takes: () => false } as const;
    const box = smallOutbox({ sinks: [STORE, relay] });
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    expect([sentTo(box, 'cds-feedback-relay'), box.stateOf('a')]).toEqual([[], 'stored']);
  });

  it('asks for a person where the site no longer sends', async () => {
    const before = smallOutbox({ sinks: [STORE, ROWS] });
    before.says('epic-flowsheet', NETWORK);
    await before.outbox.submit(anAnswer('a'));
    await before.passing(10_000);
    before.outbox.close();
    const after = smallOutbox({ sinks: [STORE], tab: 'tab-2', clock: before.clock });
    await after.passing(600_000);
    expect(placesOf(after, 'a')).toMatchObject({ 'epic-flowsheet': 'rejected' });
    expect(after.outbox.waiting()[0]?.item).toMatchObject({ phase: 'attention', last: 'no-sink' });
  });

  it('is discarded with all its places, in one record', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    box.says('epic-flowsheet', REFUSED);
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    const [waiting] = box.outbox.waiting();
    expect(waiting?.item.sink).toBe('epic-flowsheet');
    const record = await box.outbox.discard(waiting?.item.id ?? '', {
      reason: 'documented-elsewhere',
    });
    expect(record?.id).toBe('a');
    expect(box.outbox.waiting()).toEqual([]);
    expect(smallOutbox({ sinks: [STORE, ROWS], tab: 'tab-2' }).outbox.items()).toEqual([]);
  });

  it('cannot be reworded once one of them has the old words', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    box.says('epic-flowsheet', REFUSED, REFUSED);
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    const id = box.outbox.waiting()[0]?.item.id ?? '';
    expect(await box.outbox.resend(id, { comment: 'other words' })).toBe(false);
    await box.outbox.retry(id);
    await box.passing(0);
    expect(sentTo(box, 'epic-flowsheet')).toEqual(['a', 'a']);
    expect(sentTo(box, 'hospital-store')).toEqual(['a']);
  });
});

describe('a change of mind, with several sinks', () => {
  it('replaces what has left, and takes the place of what has not, each sink by itself', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    box.says('hospital-store', stored('Observation/9'));
    // A refused request stored nothing: for the flowsheet the first answer never was.
    box.says('epic-flowsheet', REFUSED);
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    await box.outbox.submit(replacing('b', 'a', 'Observation/9'));
    await box.passing(10_000);
    const second = box.sent.filter(({ item }) => item.answer.id === 'b');
    expect(second.map(({ item }) => [item.sink, item.answer.replaces]).sort()).toEqual([
      ['epic-flowsheet', undefined],
      ['hospital-store', { id: 'a', reference: 'Observation/9' }],
    ]);
    expect(box.outbox.waiting()).toEqual([]);
  });

  it('names the place of the earlier answer to the server that has it, and to no other', async () => {
    const box = smallOutbox({ sinks: [{ sink: 'fhir-observation' }, STORE] });
    await box.outbox.submit(replacing('b', 'a', 'Observation/9'));
    await box.passing(10_000);
    expect(box.sent.map(({ item }) => [item.sink, item.answer.replaces]).sort()).toEqual([
      ['fhir-observation', { id: 'a' }],
      ['hospital-store', { id: 'a', reference: 'Observation/9' }],
    ]);
  });

  it('takes back in each sink what may be there, and is silent where nothing was', async () => {
    const box = smallOutbox({ sinks: [STORE, ROWS] });
    box.says('epic-flowsheet', REFUSED);
    await box.outbox.submit(anAnswer('a'));
    await box.passing(10_000);
    await box.outbox.retract(withdrawing('w', 'a'));
    await box.passing(10_000);
    expect(sentTo(box, 'hospital-store')).toEqual(['a', 'w']);
    expect(sentTo(box, 'epic-flowsheet')).toEqual(['a']);
    expect(box.outbox.waiting()).toEqual([]);
  });
});

describe('what is gathered', () => {
  it('goes together, so long after the last of it', async () => {
    const box = smallOutbox({ sinks: [STORE, NOTE] });
    await box.outbox.submit(anAnswer('a'));
    await box.passing(300_000);
    expect(placesOf(box, 'a')).toEqual({ 'hospital-store': 'stored', 'document-note': 'held' });
    expect(box.stateOf('a')).toBe('sending');
    await box.outbox.submit(anAnswer('b'));
    await box.passing(599_999);
    expect(sentTo(box, 'document-note')).toEqual([]);
    await box.passing(1);
    const notes = box.batches.filter(([item]) => item?.sink === 'document-note');
    expect(notes.map((batch) => batch.map(({ answer }) => answer.id).sort())).toEqual([['a', 'b']]);
    expect([box.stateOf('a'), box.stateOf('b')]).toEqual(['stored', 'stored']);
  });

  it('is not sent at a glance elsewhere, but when the page is left', async () => {
    const box = smallOutbox({ sinks: [STORE, NOTE] });
    await box.outbox.submit(anAnswer('a'));
    await box.outbox.submit(anAnswer('b'));
    await box.outbox.whenIdle();
    box.outbox.flush('hidden');
    await box.passing(0);
    expect(sentTo(box, 'document-note')).toEqual([]);
    box.outbox.flush('left');
    await box.passing(0);
    expect(box.batches.filter(([item]) => item?.sink === 'document-note')).toHaveLength(1);
  });

  it('does not hold a person to ten minutes of Undo', async () => {
    const box = smallOutbox({ sinks: [NOTE] });
    await box.outbox.submit(anAnswer('a'));
    const [item] = box.outbox.items();
    const until = item?.delivery.state === 'held' ? Date.parse(item.delivery.until) : 0;
    expect(until - box.clock.now()).toBe(10_000);
  });

  it('is sent once: in doubt, a person has to look, and may send it again', async () => {
    const box = smallOutbox({ sinks: [STORE, NOTE] });
    box.says('document-note', NETWORK, { kind: 'in-doubt', sent: false });
    await box.outbox.submit(anAnswer('a'));
    await box.passing(3_600_000);
    expect(sentTo(box, 'document-note')).toEqual(['a', 'a']);
    const [waiting] = box.outbox.waiting();
    expect(waiting?.item).toMatchObject({ phase: 'attention', last: 'in-doubt', doubts: 1 });
    expect(box.stateOf('a')).toBe('unknown');
    await box.outbox.retry('a');
    await box.passing(0);
    expect(box.sent.at(-1)?.item.doubts).toBe(0);
    expect(box.stateOf('a')).toBe('stored');
  });
});
