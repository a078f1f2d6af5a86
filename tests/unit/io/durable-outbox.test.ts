import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deliveryLabel } from '#src/domain/delivery.ts';
import type { Answer } from '#src/domain/feedback.ts';
import { FallbackStore } from '#src/io/outbox/fallback-store.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import { MemoryStore } from '#src/io/outbox/memory-store.ts';
import { OutboxError, type OutboxStore } from '#src/io/outbox/outbox-store.ts';
import { freshIndexedDb } from '#tests/support/fake-indexed-db.ts';
import { smallOutbox } from '#tests/support/outbox/small-outbox.ts';
import { ADA, anAnswer, ISSUER } from '#tests/support/queued-answers.ts';
import { aReport } from '#tests/support/safety-reports.ts';

const memory = () => new MemoryStore({ load: () => [], save: () => undefined });
const replacing = (id: string, earlier: string, changes: Partial<Answer> = {}) =>
  anAnswer(id, { replaces: { id: earlier }, ...changes });
const withdrawal = (id: string, earlier: string) =>
  replacing(id, earlier, { response: 'withdrawn' });

beforeEach(() => void freshIndexedDb());

describe('an answer in the undo window', () => {
  it('is saved on this device, sent after ten seconds, and erased once it is stored', async () => {
    const { outbox, sent, passing, stateOf } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    const [item] = outbox.items();
    expect(item && deliveryLabel(item.delivery)).toBe('Saved on this device');
    await passing(9_999);
    expect(sent).toEqual([]);
    await passing(1);
    expect([sent.length, stateOf('a')]).toEqual([1, 'stored']);
    expect(smallOutbox().outbox.items()).toEqual([]);
    expect(outbox.report().count).toBe(0);
  });

  it('is never sent once undone, not even by the next tab', async () => {
    const { outbox, sent, passing } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    expect(await outbox.undo('a')).toBe(true);
    await passing(60_000);
    const next = smallOutbox({ tab: 'tab-2' });
    await next.passing(60_000);
    expect([sent, next.sent]).toEqual([[], []]);
  });

  it('goes at once when the page is left, with one request, and cannot be undone then', async () => {
    const { outbox, sent, passing } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    outbox.flush();
    outbox.flush();
    expect(sent.map(({ leaving }) => leaving)).toEqual([true]);
    expect(await outbox.undo('a')).toBe(false);
    await passing(60_000);
    expect(sent).toHaveLength(1);
  });

  it('takes a comment until it is sent', async () => {
    const { outbox, sent, passing } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    expect(await outbox.edit('a', { comment: 'late' })).toBe(true);
    await passing(10_000);
    expect(sent[0]?.item.answer.comment).toBe('late');
    expect(await outbox.edit('a', { comment: 'too late' })).toBe(false);
  });
});

describe('a change of mind', () => {
  it('before sending takes the place of the first, and undo brings that back', async () => {
    const { outbox, sent, passing, stateOf } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    await outbox.submit(replacing('b', 'a'));
    expect([stateOf('a'), stateOf('b')]).toEqual(['retracted', 'held']);
    expect(await outbox.undo('b')).toBe(true);
    expect(stateOf('a')).toBe('held');
    await passing(10_000);
    expect(sent.map(({ item }) => [item.id, item.answer.replaces])).toEqual([['a', undefined]]);
  });

  it('after a sending of unknown outcome keeps both, in order, and names the place', async () => {
    const { outbox, sent, answers, passing } = smallOutbox();
    answers.push({ kind: 'timeout', sent: true });
    await outbox.submit(anAnswer('a'));
    await passing(10_000);
    await outbox.submit(replacing('b', 'a'));
    await passing(60_000);
    expect(sent.map(({ item }) => item.id)).toEqual(['a', 'a', 'b']);
    expect(sent.at(-1)?.item.answer.replaces).toEqual({ id: 'a', reference: 'Observation/1' });
  });

  it('takes back what never left by not sending it, else by a retraction behind it', async () => {
    const { outbox, sent, answers, passing } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    await outbox.retract(withdrawal('w', 'a'));
    await passing(60_000);
    expect(sent).toEqual([]);
    answers.push({ kind: 'timeout', sent: true });
    await outbox.submit(anAnswer('b'));
    await passing(10_000);
    await outbox.retract(withdrawal('v', 'b'));
    await passing(60_000);
    expect(sent.map(({ item }) => [item.id, item.kind])).toEqual([
      ['b', 'answer'],
      ['b', 'answer'],
      ['v', 'retraction'],
    ]);
  });
});

describe('whose session', () => {
  const waiting = async () => {
    const first = smallOutbox();
    await first.outbox.submit(anAnswer('a'));
    await first.outbox.whenIdle();
    first.outbox.close();
    return first.clock;
  };

  it('another patient’s launch waits, unless the user may write for any patient', async () => {
    const clock = await waiting();
    const other = smallOutbox({ clock, tab: 'tab-2', session: { patientId: 'p2' } });
    await other.passing(60_000);
    expect([other.sent, other.stateOf('a')]).toEqual([[], 'waiting-patient']);
    other.outbox.close();
    const session = { patientId: 'p2', anyPatient: true };
    const wide = smallOutbox({ clock, tab: 'tab-3', session });
    await wide.passing(60_000);
    expect(wide.sent.map(({ item }) => item.subject)).toEqual(['Patient/p1']);
  });

  it('another user sends nothing of it and sees only that something waits', async () => {
    const clock = await waiting();
    const ben = smallOutbox({ clock, session: { user: 'Practitioner/ben' } });
    await ben.passing(60_000);
    expect([ben.sent, ben.outbox.items()]).toEqual([[], []]);
    expect((await ben.outbox.waitingElsewhere()).count).toBe(1);
  });

  it('a sign-in that ended is waited for, and the next tab sends at once', async () => {
    const first = smallOutbox();
    first.answers.push({ kind: 'http', status: 401, sent: true });
    await first.outbox.submit(anAnswer('a'));
    await first.passing(600_000);
    expect([first.sent.length, first.stateOf('a')]).toEqual([1, 'waiting-sign-in']);
    first.outbox.close();
    const next = smallOutbox({ clock: first.clock, tab: 'tab-2' });
    await next.passing(1);
    expect(next.stateOf('a')).toBe('stored');
  });

  it('an answer for another patient, user or server is not taken in', async () => {
    const { outbox } = smallOutbox();
    for (const wrong of [
      { patient: 'Patient/p2' },
      { issuer: 'https://other.example.org' },
      { performer: { reference: 'Practitioner/ben' } },
    ])
      await expect(outbox.submit(anAnswer('a', wrong))).rejects.toThrow(/do not belong together/);
    expect(outbox.items()).toEqual([]);
  });
});

describe('a server in trouble', () => {
  it('is left alone for as long as it asks, by all answers and by the next tab', async () => {
    const first = smallOutbox();
    first.answers.push({ kind: 'http', status: 429, sent: true, retryAfterMs: 90_000 });
    await first.outbox.submit(anAnswer('a'));
    await first.passing(10_000);
    first.outbox.close();
    const next = smallOutbox({ clock: first.clock, tab: 'tab-2' });
    const other = { ref: { server: ISSUER, type: 'RiskAssessment', id: 'other' } };
    await next.outbox.submit(anAnswer('b', { recommendation: other }));
    await next.passing(89_000);
    expect(next.sent).toEqual([]);
    await next.passing(30_000);
    expect(next.sent).toHaveLength(2);
  });

  it('a refusal waits for a person, keeps the server’s words in memory, and holds up nothing', async () => {
    const { outbox, answers, sent, passing, stateOf } = smallOutbox();
    answers.push({ kind: 'http', status: 422, sent: true, said: 'no such code' });
    await outbox.submit(anAnswer('a'));
    await passing(10_000);
    const delivery = outbox.items()[0]?.delivery;
    expect(delivery).toMatchObject({ state: 'rejected', durable: true });
    expect(JSON.stringify(delivery)).toContain('no such code');
    await outbox.submit(anAnswer('b'));
    await passing(10_000);
    expect([stateOf('a'), stateOf('b')]).toEqual(['rejected', 'stored']);
    await outbox.retry('a');
    await passing(1);
    expect([stateOf('a'), sent.length]).toEqual(['stored', 3]);
  });

  it('is not waited for longer because the clock was set back', async () => {
    const { outbox, clock, sent, passing } = smallOutbox();
    await outbox.submit(anAnswer('a'));
    await outbox.whenIdle();
    clock.jump(-86_400_000);
    await passing(80_000);
    expect(sent).toHaveLength(1);
  });
});

describe('a device that does not keep', () => {
  it('none: sent at once, and never called saved', async () => {
    const { outbox, answers, sent, passing } = smallOutbox({ store: memory() });
    answers.push({ kind: 'network', sent: true });
    await outbox.submit(anAnswer('a'));
    await passing(1);
    expect(sent).toHaveLength(1);
    const [item] = outbox.items();
    expect(item && deliveryLabel(item.delivery)).toBe('Not sent yet – keep this open');
  });

  it('refused at the start: works as with none, and says so', async () => {
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const { outbox, clock } = smallOutbox();
    const owner = { issuer: ISSUER, user: ADA };
    const device = new IndexedDbStore({ owner, clock, durable: true });
    const {
      outbox: fallen,
      sent,
      passing,
    } = smallOutbox({
      store: new FallbackStore(device, memory()),
    });
    await fallen.submit(anAnswer('a'));
    await passing(1);
    expect(sent).toHaveLength(1);
    await expect(outbox.submit(anAnswer('b'))).rejects.toThrow(OutboxError);
    vi.unstubAllGlobals();
  });

  it('full: the form stays, since submit rejects in words', async () => {
    const inner = memory();
    const full: OutboxStore = {
      durable: true,
      load: () => inner.load(),
      commit: () => Promise.reject(new OutboxError('The storage of this device is full.')),
      waitingElsewhere: () => inner.waitingElsewhere(),
      onLost: () => undefined,
      close: () => undefined,
    };
    const { outbox } = smallOutbox({ store: full });
    await expect(outbox.submit(anAnswer('a'))).rejects.toThrow(/full/);
    expect(outbox.items()).toEqual([]);
  });
});

it('gives the same list while nothing changed, and tells when something did', async () => {
  const { outbox } = smallOutbox();
  const listener = vi.fn();
  const stop = outbox.subscribe(listener);
  await outbox.submit(anAnswer('a'));
  expect(listener).toHaveBeenCalled();
  await outbox.whenIdle();
  expect(outbox.items()).toBe(outbox.items());
  stop();
});

describe('a safety report', () => {
  const sinks = [{ sink: 'fhir-observation' }, { sink: 'safety-report' }] as const;

  it('outlives its tab, sealed, and reaches the record once; answers are not held up by it', async () => {
    const first = smallOutbox({ sinks });
    await first.outbox.submitReport(aReport('r', { words: 'Planted words' }));
    await first.outbox.submit(anAnswer('a'));
    expect(first.outbox.reports()[0]?.delivery.state).toBe('held');
    expect(first.outbox.items().map(({ answer }) => answer.id)).toEqual(['a']);
    first.outbox.close();
    const next = smallOutbox({ sinks, tab: 'tab-2', clock: first.clock });
    await next.passing(20_000);
    expect(next.reported.map(({ report }) => report.words)).toEqual(['Planted words']);
    expect(next.sent.map(({ item }) => item.answer.id)).toEqual(['a']);
    expect(next.outbox.waiting()).toEqual([]);
    expect(next.outbox.reports()[0]?.delivery.state).toBe('stored');
  });

  it('is undone while it is held, edited never, and counted among what waits', async () => {
    const { outbox, reported, passing } = smallOutbox({ sinks });
    await outbox.submitReport(aReport('r'));
    expect(outbox.report().count).toBe(1);
    expect(await outbox.edit('r', { comment: 'x' })).toBe(false);
    expect(await outbox.undo('r')).toBe(true);
    await passing(60_000);
    expect([reported, outbox.report().count]).toEqual([[], 0]);
  });

  it('is refused where no record takes it, and of another patient', async () => {
    await expect(smallOutbox().outbox.submitReport(aReport('r'))).rejects.toThrow(/cannot be kept/);
    const { outbox } = smallOutbox({ sinks });
    const other = aReport('r', { patient: 'Patient/p2' });
    await expect(outbox.submitReport(other)).rejects.toThrow(/do not belong together/);
    expect(outbox.reports()).toEqual([]);
  });
});
