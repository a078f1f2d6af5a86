import {
  clusterDifference,
  clusterRateRatio,
  clusterRatioInterval,
  clusterShareInterval,
  type Pair,
} from '#src/domain/statistics/cluster-interval.ts';
import type { Interval } from '#src/domain/statistics/interval.ts';
import { rateRatio } from '#src/domain/statistics/two-proportions.ts';
import { weightedShare } from '#src/domain/statistics/weighted-share.ts';
import { wilson } from '#src/domain/statistics/wilson.ts';

/** In [0, 1). */
export type Chance = () => number;

/** A population with a known truth, and the interval that one sample of it gives. */
export interface Population {
  readonly method: string;
  readonly described: string;
  readonly truth: number;
  sample(chance: Chance): Interval | undefined;
}

const expit = (x: number): number => 1 / (1 + Math.exp(-x));
const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
function binomial(n: number, p: number, chance: Chance): number {
  let x = 0;
  for (let i = 0; i < n; i++) if (chance() < p) x++;
  return x;
}

/** Mean of expit(mean + sd·Z), by the midpoint rule: what all clinicians together do. */
function meanShare(mean: number, sd: number): number {
  const steps = 4_000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const z = -8 + (16 * (i + 0.5)) / steps;
    sum += (Math.exp((-z * z) / 2) * expit(mean + sd * z) * 16) / steps;
  }
  return sum / Math.sqrt(2 * Math.PI);
}

/** Answers of one clinician: log-normal with this coefficient of variation, at least one. */
function size(mean: number, cv: number, chance: Chance): number {
  const sigma = Math.sqrt(Math.log(1 + cv * cv));
  return Math.max(1, Math.round(mean * Math.exp(sigma * normal(chance) - (sigma * sigma) / 2)));
}

const independent = (p: number, n: number): Population => ({
  method: 'Wilson',
  described: `${n} independent rows, share ${p}`,
  truth: p,
  sample: (chance) => wilson(binomial(n, p, chance), n),
});

const clustered = (clusters: number, mean: number, sd: number, cv: number): Population => {
  const truth = meanShare(mean, sd);
  return {
    method: `cluster t, ${clusters} clusters`,
    described: `share ${truth.toFixed(2)}, clinicians’ log odds ± ${sd}, sizes 40 ± ${40 * cv}`,
    truth,
    sample: (chance) =>
      clusterShareInterval(
        Array.from({ length: clusters }, () => {
          const denominator = size(40, cv, chance);
          const p = expit(mean + sd * normal(chance));
          return { denominator, numerator: binomial(denominator, p, chance) };
        }),
      ),
  };
};

/** Displays per encounter on wards: a Poisson count with a rate of the ward's own. */
const burden = (clusters: number): Population => ({
  method: `cluster t of a ratio, ${clusters} clusters`,
  described: 'rate 0.4, wards’ log rates ± 0.4, sizes 60 ± 30',
  truth: 0.4,
  sample: (chance) =>
    clusterRatioInterval(
      Array.from({ length: clusters }, () => {
        const denominator = size(60, 0.5, chance);
        const rate = 0.4 * Math.exp(0.4 * normal(chance) - 0.08);
        return { denominator, numerator: poisson(denominator * rate, chance) };
      }),
    ),
});

function poisson(mean: number, chance: Chance): number {
  let x = -1;
  for (let left = mean; left > 0; x++) left += Math.log(1 - chance());
  return Math.max(0, x);
}

/** The same clinicians answer for a group of one patient in five and for the others. */
const parity = (clusters: number, how: 'ratio' | 'difference'): Population => {
  const [group, others] = [meanShare(0.4, 0.6), meanShare(0.8, 0.6)];
  return {
    method: `cluster t of a ${how}, ${clusters} clusters`,
    described: `shares ${group.toFixed(2)} and ${others.toFixed(2)}, one row in five in the group`,
    truth: how === 'ratio' ? group / others : group - others,
    sample: (chance) => {
      const pairs = Array.from({ length: clusters }, (): Pair => {
        const [n1, n2] = [size(12, 0.6, chance), size(48, 0.6, chance)];
        const own = 0.6 * normal(chance);
        return {
          group: { denominator: n1, numerator: binomial(n1, expit(0.4 + own), chance) },
          reference: { denominator: n2, numerator: binomial(n2, expit(0.8 + own), chance) },
        };
      });
      return (how === 'ratio' ? clusterRateRatio(pairs) : clusterDifference(pairs))?.interval;
    },
  };
};

const independentRatio: Population = {
  method: 'log ratio',
  described: '300 and 1,200 independent rows, shares 0.4 and 0.5',
  truth: 0.8,
  sample: (chance) =>
    rateRatio(binomial(300, 0.4, chance), 300, binomial(1_200, 0.5, chance), 1_200)?.interval,
};

/** N, n and share of each stratum; the population is fixed, only the sample is drawn. */
function reviewed(
  described: string,
  strata: readonly (readonly [number, number, number])[],
): Population {
  const fixed = strata.map(([population, sampled, share]) => ({
    population,
    sampled,
    right: Math.round(population * share),
  }));
  const all = fixed.reduce((sum, each) => sum + each.population, 0);
  return {
    method: 'weighted appropriateness',
    described,
    truth: fixed.reduce((sum, each) => sum + each.right, 0) / all,
    sample: (chance) =>
      weightedShare(
        fixed.map(({ population, sampled, right }) => ({
          population,
          sampled,
          positive: drawn(population, right, sampled, chance),
        })),
      )?.interval,
  };
}

/** Without replacement. */
function drawn(population: number, right: number, sampled: number, chance: Chance): number {
  let [left, good, found] = [population, right, 0];
  for (let i = 0; i < sampled; i++) {
    if (chance() * left < good) {
      good--;
      found++;
    }
    left--;
  }
  return found;
}

export const POPULATIONS: readonly Population[] = [
  ...[0.05, 0.18, 0.5, 0.83, 0.95].flatMap((p) => [60, 300, 3_000].map((n) => independent(p, n))),
  ...[10, 20, 40].flatMap((clusters) => [
    clustered(clusters, 0, 0, 0.5),
    clustered(clusters, 0.4, 0.5, 0.5),
    clustered(clusters, 0.4, 0.5, 1),
    clustered(clusters, 1.4, 1, 0.5),
    clustered(clusters, 2.5, 0.5, 0.5),
    clustered(clusters, 2.5, 0.5, 1),
  ]),
  ...[10, 20, 40].map(burden),
  ...[10, 20, 40].flatMap((clusters) => [
    parity(clusters, 'ratio'),
    parity(clusters, 'difference'),
  ]),
  independentRatio,
  reviewed('Edrees 2020: 193 of 193 and 371 of 15,125 overrides', [
    [193, 193, 0.005],
    [15_125, 371, 0.687],
  ]),
  reviewed('100 each of 400, 1,500 and 6,000 overrides', [
    [400, 100, 0.5],
    [1_500, 100, 0.7],
    [6_000, 100, 0.85],
  ]),
  reviewed('60 each of 120 and 2,000 overrides', [
    [120, 60, 0.6],
    [2_000, 60, 0.75],
  ]),
];
