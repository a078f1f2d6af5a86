import { describe, expect, it, vi } from 'vitest';
import { readAuditRecord } from '#src/fhir/audit/audit-record.fhir.ts';
import { hashedText } from '#src/fhir/audit/hashed-text.ts';
import type { TrailItem } from '#src/io/audit/trail-shelf.ts';
import type { ExclusiveLock } from '#src/io/outbox/exclusive-lock.ts';
import { memoryShelf } from '#src/io/outbox/shelf.ts';
import { retractAnswer } from '#src/io/retract-answer.ts';
import { sha256 } from '#src/io/sha256.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { auditEvents, openPage, startAudited } from './audited.ts';

const linksOf = (events: ReturnType<typeof auditEvents>) =>
  events.flatMap((event) => readAuditRecord(event)?.record ?? []);

describe('the audit records of a page', () => {
  it('are one request for an answer and what came with it, and the answer does not wait for it', async () => {
    const delivery = await startAudited();
    const page = openPage(delivery);
    await page.answer(1);
    await page.answer(2);
    expect(auditEvents(delivery)).toEqual([]);
    const before = delivery.requests().length;
    await page.recorder.flush();
    expect(delivery.requests().slice(before)).toEqual(['POST AuditEvent']);
  });

  it('are valid R4 by the outside validators, and name who, whose chart, what and its hash', async () => {
    const delivery = await startAudited();
    const page = openPage(delivery);
    await page.answer(1);
    await page.recorder.flush();
    const [event] = auditEvents(delivery);
    if (!event) throw new Error('There is no record.');
    await expectValid(event);
    expect(event.agent.find(({ requestor }) => requestor)?.who).toEqual({
      reference: 'Practitioner/ada',
    });
    expect(event.entity?.map(({ what }) => what?.reference)).toContain('Patient/p1');
    const [answer] = delivery.onServer();
    expect(linksOf([event])[0]?.listed).toEqual([
      { kind: 'configuration', sha256: 'c'.repeat(64) },
      {
        kind: 'answered',
        reference: `Observation/${answer?.id}`,
        sha256: await sha256(hashedText(answer ?? {})),
      },
      expect.objectContaining({ kind: 'other', reference: expect.stringMatching(/^Provenance\//) }),
    ]);
    expect(JSON.stringify(event)).not.toContain('Antibiotics');
  });

  it('go on where an earlier page of this device ended, and tell a configuration once', async () => {
    const delivery = await startAudited();
    const shelf = memoryShelf<TrailItem>();
    for (const n of [1, 2, 3]) {
      const page = openPage(delivery, shelf);
      await page.answer(n);
      if (n !== 2) await page.recorder.flush();
    }
    const links = linksOf(auditEvents(delivery)).toSorted((a, b) => a.number - b.number);
    expect(links.map(({ number }) => number)).toEqual([1, 2]);
    expect(new Set(links.map(({ writer }) => writer)).size).toBe(1);
    expect(links[1]?.previous).toBe(links[0]?.hash);
    const told = links.map(({ listed }) => listed.map(({ kind }) => kind));
    expect(told.map((kinds) => kinds.filter((kind) => kind === 'answered').length)).toEqual([1, 2]);
    expect(told.flat().filter((kind) => kind === 'configuration')).toHaveLength(1);
    // Of what was delivered, the device keeps how far the chain has come and nothing else.
    expect((await shelf.all()).map(({ content }) => content)).toEqual([
      expect.objectContaining({ what: 'record', number: 2, hash: links[1]?.hash }),
    ]);
    expect(JSON.stringify(await shelf.all())).not.toContain('Patient/');
  });

  it('tell a retraction as one, with what the answer then is', async () => {
    const delivery = await startAudited({ issuer: { canRetract: true } });
    const page = openPage(delivery);
    await page.answer(1);
    await page.recorder.flush();
    await retractAnswer(page.gateway, delivery.onServer()[0]?.id ?? '');
    await page.recorder.flush();
    const last = linksOf(auditEvents(delivery)).find(({ number }) => number === 2);
    expect(last?.listed.map(({ kind }) => kind)).toEqual(['withdrawn']);
  });

  it('wait out a server in trouble without a gap, and a copy that was stored after all is the same record', async () => {
    const delivery = await startAudited();
    const { faults } = delivery.running.sandbox;
    const page = openPage(delivery);
    faults.add({
      effect: { kind: 'status', status: 503 },
      ...{ method: 'POST', path: '/fhir/AuditEvent', count: 1 },
    });
    faults.add({
      effect: { kind: 'commit-then-drop' },
      ...{ method: 'POST', path: '/fhir/AuditEvent', count: 1 },
    });
    await page.answer(1);
    for (const _ of [1, 2, 3]) await page.recorder.flush();
    await page.answer(2);
    await page.recorder.flush();
    const links = linksOf(auditEvents(delivery));
    expect(links.map(({ number }) => number).toSorted()).toEqual([1, 1, 2]);
    expect(new Set(links.map(({ number, hash }) => `${number} ${hash}`)).size).toBe(2);
  });

  it('are given up for this page where the token may not write them, and the answer stands', async () => {
    const delivery = await startAudited({ scope: SCOPE_WITHOUT });
    const shelf = memoryShelf<TrailItem>();
    const page = openPage(delivery, shelf);
    await page.answer(1);
    await page.recorder.flush();
    await page.answer(2);
    await page.recorder.flush();
    expect(auditEvents(delivery)).toEqual([]);
    expect(delivery.onServer()).toHaveLength(2);
    expect(delivery.requests().filter((one) => one === 'POST AuditEvent')).toHaveLength(1);
    expect((await shelf.all()).length).toBeLessThanOrEqual(1);
  });

  it('step aside for an answer, and are sent at once when nobody looks any more', async () => {
    const delivery = await startAudited();
    let busy = true;
    let left = false;
    const page = openPage(delivery, memoryShelf(), { isBusy: () => busy, isLeft: () => left });
    await page.answer(1);
    await page.recorder.flush();
    expect(auditEvents(delivery)).toEqual([]);
    busy = false;
    left = true;
    await page.answer(2);
    delivery.running.clock.advance(500);
    await vi.waitFor(() => expect(auditEvents(delivery)).toHaveLength(1));
  });

  it('are numbered once by two pages of one device', async () => {
    const delivery = await startAudited();
    const shelf = memoryShelf<TrailItem>();
    const lock = inTurn();
    const pages = [openPage(delivery, shelf, { lock }), openPage(delivery, shelf, { lock })];
    await Promise.all(pages.map((page, n) => page.answer(n + 1)));
    await Promise.all(pages.map(({ recorder }) => recorder.flush()));
    await Promise.all(pages.map((page, n) => page.answer(n + 3)));
    await Promise.all(pages.map(({ recorder }) => recorder.flush()));
    const numbers = linksOf(auditEvents(delivery)).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBe(numbers.length);
  });
});

const SCOPE_WITHOUT =
  'launch openid fhirUser patient/Patient.r patient/RiskAssessment.rs patient/Observation.crus user/Provenance.crs';

/** As Web Locks have it. */
function inTurn(): ExclusiveLock {
  let last = Promise.resolve();
  return {
    run(work) {
      last = last.then(work);
      return last;
    },
  };
}
