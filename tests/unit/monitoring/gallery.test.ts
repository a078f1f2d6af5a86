import { describe, expect, it } from 'vitest';
import type { ScenarioName } from '#src/domain/simulate/simulation.ts';
import { runOne } from '#tests/bench/gallery/run-one.ts';
import { SEEDS } from '#tests/bench/gallery/seeds.ts';

/** Rows a week that show a large effect, and a small one. */
const [FEW, MANY] = [300, 500];
/** On a machine that does other things as well. */
const PATIENCE_MS = 60_000;
const SEED = SEEDS.tuning.first;

/** One seed each of what `npm run bench -- gallery` runs hundreds of: about a second a scenario. */
const RUNS: readonly (readonly [ScenarioName, number])[] = [
  ['silent-death', FEW],
  ['low-value-alert', FEW],
  ['under-triage', FEW],
  ['site-shift', FEW],
  ['already-treated', FEW],
  ['alert-fatigue', MANY],
  ['version-regression', FEW],
  ['rubber-stamping', FEW],
  ['response-inequity', MANY],
  ['outlier-unit', MANY],
];

describe('the gallery of failures', () => {
  it.each(RUNS)(
    '%s is found in time and named rightly, at %i rows a week',
    { timeout: PATIENCE_MS },
    (scenario, perWeek) => {
      const { delay, attributed, falseAlarms } = runOne({ scenario, seed: SEED, perWeek });
      expect(delay).toBeGreaterThanOrEqual(1);
      expect({ attributed, falseAlarms }).toEqual({ attributed: true, falseAlarms: [] });
    },
  );

  it('a year in which nothing is wrong is silent', { timeout: PATIENCE_MS }, () => {
    const { falseAlarms } = runOne({ scenario: 'healthy', seed: SEED, perWeek: FEW });
    expect(falseAlarms).toEqual([]);
  });
});
