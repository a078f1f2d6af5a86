import { describe, expect, it } from 'vitest';
import { ACCEPTED, measureCoverage } from '#tests/bench/intervals/coverage.ts';

// The short run of `npm run bench -- coverage`: one seed, and room for the noise of 1,000 samples.
const SAMPLES = 1_000;
const NOISE = 3 * Math.sqrt((0.95 * 0.05) / SAMPLES);

describe('95 % intervals hold the truth in 92 to 97 % of samples', () => {
  it.each(measureCoverage(SAMPLES))('$method: $described', ({ coverage }) => {
    expect(coverage).toBeGreaterThan(ACCEPTED.low - NOISE);
    expect(coverage).toBeLessThan(ACCEPTED.high + NOISE);
  });
});
