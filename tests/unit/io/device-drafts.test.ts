// @vitest-environment jsdom
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceDrafts, DRAFT_MS, type KeptDraft } from '#src/io/drafts/device-drafts.ts';
import { DATABASE, openDatabase } from '#src/io/outbox/database.ts';
import { OutboxError } from '#src/io/outbox/outbox-store.ts';
import { SealedShelf } from '#src/io/outbox/sealed-shelf.ts';
import { memoryShelf, type Shelf } from '#src/io/outbox/shelf.ts';
import { type DraftStore, tabDraftStore } from '#src/io/tab-store.ts';
import { freshIndexedDb } from '#tests/support/fake-indexed-db.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ADA, ISSUER, NOW } from '#tests/support/queued-answers.ts';
import { makeDeps } from '#tests/unit/state/deps.ts';

const BEN = 'Practitioner/ben';
let clock = new ManualClock(NOW);

beforeEach(() => {
  freshIndexedDb();
  sessionStorage.clear();
  clock = new ManualClock(NOW);
});

const tabOf = (): DraftStore => tabDraftStore(makeDeps().deps.session);

function shelfOf(user: string): Shelf<KeptDraft> {
  const database = openDatabase({ clock, onClosed: () => undefined });
  const owner = { issuer: ISSUER, user };
  return new SealedShelf<KeptDraft>({ name: 'drafts', owner, database: () => database });
}

/** A page of that user on that patient, as it is after a restart of the browser. */
async function open({ user = ADA, patientId = 'p1', shelf = shelfOf(user), tab = tabOf() } = {}) {
  const drafts = new DeviceDrafts({ shelf, tab, patientId, clock });
  await drafts.ready;
  return drafts;
}

async function typed(draft: unknown, recommendation = 'r1') {
  const drafts = await open();
  drafts.save(recommendation, draft);
  await drafts.settled();
  return drafts;
}

const records = async () => {
  const database = await openDB(DATABASE);
  const found = await database.getAll('drafts');
  database.close();
  return found;
};

describe('what was typed and not sent', () => {
  it('is there after a restart, as it was last', async () => {
    const drafts = await typed('Half');
    drafts.save('r1', 'Half a thou');
    drafts.save('r1', 'Half a thought');
    drafts.save('r2', 'Another');
    await drafts.settled();
    expect((await open()).all()).toEqual({ r1: 'Half a thought', r2: 'Another' });
    expect(await records()).toHaveLength(2);
  });

  it('is written one at a time, and what was overtaken is not written at all', async () => {
    const shelf = memoryShelf<KeptDraft>();
    const put = vi.spyOn(shelf, 'put');
    const drafts = await open({ shelf });
    for (const text of ['a', 'ab', 'abc', 'abcd']) drafts.save('r1', text);
    await drafts.settled();
    expect(put.mock.calls.length).toBeLessThan(3);
    expect((await open({ shelf })).all()).toEqual({ r1: 'abcd' });
  });

  it.each([{ user: BEN }, { patientId: 'p2' }])('is nothing to %o', async (other) => {
    await typed('Half a thought');
    expect((await open(other)).all()).toEqual({});
  });

  it('says at rest neither what was typed nor about whom', async () => {
    await typed(
      { comment: 'Private', panel: 'override' },
      'https://ehr.test/fhir/RiskAssessment/1',
    );
    const [record] = await records();
    const clear = JSON.stringify(record) + new TextDecoder('latin1').decode(record.sealed.data);
    for (const secret of ['Private', 'RiskAssessment', 'p1', ADA])
      expect(clear).not.toContain(secret);
    expect(sessionStorage).toHaveLength(0);
  });

  it('is erased once it is answered or emptied, with what another tab had of it', async () => {
    const [one, other] = [await open(), await open()];
    one.save('r1', 'from one tab');
    other.save('r1', 'from the other');
    await Promise.all([one.settled(), other.settled()]);
    expect(await records()).toHaveLength(2);
    one.save('r1', undefined);
    await one.settled();
    expect(await records()).toEqual([]);
    expect((await open()).all()).toEqual({});
  });

  it('is erased a day after it was last changed, whoever is signed in', async () => {
    await typed('Half a thought');
    clock.advance(DRAFT_MS - 1);
    await open({ user: BEN });
    expect(await records()).toHaveLength(1);
    clock.advance(1);
    await open({ user: BEN });
    expect(await records()).toEqual([]);
  });

  it('is erased in a page that stays open, too', async () => {
    await typed('Half a thought');
    await vi.waitFor(async () => {
      clock.advance(DRAFT_MS / 8);
      expect(await records()).toEqual([]);
    });
    expect(clock.now() - NOW).toBeGreaterThanOrEqual(DRAFT_MS);
  });

  it('is not kept for longer by a clock that was set back', async () => {
    await typed('Half a thought');
    clock = new ManualClock(NOW - 2 * DRAFT_MS);
    await open();
    expect(await records()).toEqual([]);
  });

  it('in this tab is newer than what the device still has to say', async () => {
    await typed('from before');
    const drafts = new DeviceDrafts({ shelf: shelfOf(ADA), tab: tabOf(), patientId: 'p1', clock });
    drafts.save('r1', 'typed before it was read');
    await drafts.settled();
    expect(drafts.all()).toEqual({ r1: 'typed before it was read' });
    expect((await open()).all()).toEqual({ r1: 'typed before it was read' });
  });
});

describe('a device that refuses', () => {
  const refusing: Shelf<KeptDraft> = {
    all: () => Promise.reject(new OutboxError('no')),
    put: () => Promise.reject(new OutboxError('no')),
    remove: () => Promise.reject(new OutboxError('no')),
    expire: () => Promise.reject(new OutboxError('no')),
  };

  it('leaves it in the tab, as long as that lives', async () => {
    const drafts = await open({ shelf: refusing });
    drafts.save('r1', 'Half a thought');
    await drafts.settled();
    expect((await open({ shelf: refusing })).all()).toEqual({ r1: 'Half a thought' });
    expect(sessionStorage).toHaveLength(1);
  });

  it('once, because it was full: the tab has the newer words, and the device gets them later', async () => {
    const shelf = shelfOf(ADA);
    const drafts = await open({ shelf });
    drafts.save('r1', 'kept');
    await drafts.settled();
    const put = vi.spyOn(shelf, 'put').mockRejectedValueOnce(new OutboxError('full'));
    drafts.save('r1', 'kept in the tab');
    await drafts.settled();
    const next = await open();
    expect(next.all()).toEqual({ r1: 'kept in the tab' });
    put.mockRestore();
    next.save('r1', 'kept again');
    await next.settled();
    expect(sessionStorage).toHaveLength(0);
  });
});
