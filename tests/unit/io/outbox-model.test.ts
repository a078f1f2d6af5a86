import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '#tests/support/outbox/operations.ts';
import { mistakes, runDay, runDays } from '#tests/support/outbox/run-days.ts';
import type { Defect } from '#tests/support/outbox/world.ts';

const LONG = 240_000;

/** Shrinks to the shortest day that goes wrong; the numbers come from the runs without shrinking. */
const neverWrong = (options: { conditionalCreate: boolean; webLocks?: boolean }, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(day(60), fc.nat(), async (operations, seed) => {
      const verdict = await runDay({ ...options, seed }, operations);
      expect([verdict.findings, mistakes(verdict)]).toEqual([[], 0]);
    }),
    { numRuns, interruptAfterTimeLimit: LONG - 10_000, markInterruptAsFailure: true },
  );

/**
 * The real outbox, its real IndexedDB store and the sandbox as its server, through days in which
 * everything goes wrong: docs/decisions/2026-11-22-outbox.md. 10,400 decisions over all.
 */
describe('one current answer for each decision, whatever goes wrong', () => {
  it('conditional create: 5,000 decisions', { timeout: LONG }, async () => {
    const totals = await runDays({ decisions: 5_000, seed: 1, conditionalCreate: true });
    expect(totals).toMatchObject({
      lost: 0,
      doubled: 0,
      wrongPatient: 0,
      wrongContent: 0,
      stuck: 0,
    });
  });

  it('search, wait, search, send: 4,000 decisions', { timeout: LONG }, async () => {
    const totals = await runDays({ decisions: 4_000, seed: 10_001, conditionalCreate: false });
    expect(totals).toMatchObject({
      lost: 0,
      doubled: 0,
      wrongPatient: 0,
      wrongContent: 0,
      stuck: 0,
    });
  });

  it('without Web Locks: 1,000 decisions', { timeout: LONG }, async () => {
    const options = { conditionalCreate: true, webLocks: false };
    const totals = await runDays({ decisions: 1_000, seed: 20_001, ...options });
    expect(totals).toMatchObject({
      lost: 0,
      doubled: 0,
      wrongPatient: 0,
      wrongContent: 0,
      stuck: 0,
    });
  });

  it('EHR and hospital store, each must have it: 400 decisions', { timeout: LONG }, async () => {
    const options = { conditionalCreate: true, store: true };
    const totals = await runDays({ decisions: 400, seed: 30_001, ...options });
    expect(totals).toMatchObject({
      lost: 0,
      doubled: 0,
      wrongPatient: 0,
      wrongContent: 0,
      stuck: 0,
    });
  });

  it('another day each time it is run', { timeout: LONG }, async () => {
    await neverWrong({ conditionalCreate: true }, 30);
    await neverWrong({ conditionalCreate: false }, 15);
  });
});

describe('the test itself', () => {
  it.each<[Defect, 'doubled' | 'lost']>([
    ['ignores-if-none-exist', 'doubled'],
    ['erases-before-acknowledgement', 'lost'],
  ])('notices an outbox or server that %s', { timeout: LONG }, async (defect, kind) => {
    const options = { conditionalCreate: true, defect };
    const totals = await runDays({ decisions: 300, seed: 1, ...options });
    expect(totals[kind]).toBeGreaterThan(0);
  });
});
