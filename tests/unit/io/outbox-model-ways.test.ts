import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNothingWrong, LONG } from '#tests/support/outbox/never-wrong.ts';
import { day } from '#tests/support/outbox/operations.ts';
import { mistakes, runDay, runDays } from '#tests/support/outbox/run-days.ts';
import type { Defect } from '#tests/support/outbox/world.ts';

/** Shrinks to the shortest day that goes wrong; the numbers come from the runs without shrinking. */
const neverWrong = (options: { conditionalCreate: boolean; webLocks?: boolean }, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(day(60), fc.nat(), async (operations, seed) => {
      const verdict = await runDay({ ...options, seed }, operations);
      expect([verdict.findings, mistakes(verdict)]).toEqual([[], 0]);
    }),
    { numRuns, interruptAfterTimeLimit: LONG - 10_000, markInterruptAsFailure: true },
  );

describe('one current answer for each decision, in other ways', () => {
  it('without Web Locks: 1,000 decisions', { timeout: LONG }, () =>
    expectNothingWrong({
      decisions: 1_000,
      seed: 20_001,
      conditionalCreate: true,
      webLocks: false,
    }),
  );

  it('EHR and hospital store, each must have it: 400 decisions', { timeout: LONG }, () =>
    expectNothingWrong({ decisions: 400, seed: 30_001, conditionalCreate: true, store: true }),
  );

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
