import { rng } from '#mocks/scenarios/ward/rng.ts';
import type { Section } from '../section.ts';
import { POPULATIONS, type Population } from './populations.ts';

export interface Covered {
  readonly method: string;
  readonly described: string;
  readonly samples: number;
  /** Share of samples whose interval holds the truth; no interval is a miss. */
  readonly coverage: number;
}

/** What is accepted where 95 % is claimed (metrics.md "Rules"). */
export const ACCEPTED = { low: 0.92, high: 0.97 } as const;

function covered(population: Population, samples: number, seed: number): Covered {
  const { next } = rng(seed, `${population.method}/${population.described}`);
  let hits = 0;
  for (let i = 0; i < samples; i++) {
    const found = population.sample(next);
    if (found && found.low <= population.truth && population.truth <= found.high) hits++;
  }
  const { method, described } = population;
  return { method, described, samples, coverage: hits / samples };
}

export const measureCoverage = (samples: number, seed = 1): readonly Covered[] =>
  POPULATIONS.map((population) => covered(population, samples, seed));

/** The section of `npm run bench`: intervals of samples from populations whose truth is known. */
export async function benchCoverage(quick: boolean): Promise<Section<readonly Covered[]>> {
  const result = measureCoverage(quick ? 2_000 : 20_000);
  return { result, text: coverageReport(result) };
}

function coverageReport(all: readonly Covered[]): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const lines = all.map(({ method, described, coverage }) => {
    const outside = coverage < ACCEPTED.low || coverage > ACCEPTED.high;
    return `${method.padEnd(38)} ${described.padEnd(68)} ${percent(coverage).padStart(7)}${outside ? '  outside' : ''}`;
  });
  const within = all.filter(
    ({ coverage }) => coverage >= ACCEPTED.low && coverage <= ACCEPTED.high,
  );
  return [
    `Coverage of 95 % intervals, ${all[0]?.samples} samples each; accepted ${percent(ACCEPTED.low)} to ${percent(ACCEPTED.high)}`,
    ...lines,
    `${within.length} of ${all.length} within`,
    '',
  ].join('\n');
}
