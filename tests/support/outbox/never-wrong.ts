import { expect } from 'vitest';
import { type Runs, runDays } from './run-days.ts';

/** A run of so many decisions takes as long as it takes. */
export const LONG = 240_000;

/** So many decisions through the worst of days, and nothing lost, doubled, misdirected or stuck. */
export async function expectNothingWrong(runs: Runs): Promise<void> {
  expect(await runDays(runs)).toMatchObject({
    lost: 0,
    doubled: 0,
    wrongPatient: 0,
    wrongContent: 0,
    stuck: 0,
  });
}
