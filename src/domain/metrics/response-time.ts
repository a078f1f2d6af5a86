import { LEAST_CLUSTERS } from '#src/domain/statistics/cluster-interval.ts';
import {
  binOf,
  type Histogram,
  histogramQuantile,
} from '#src/domain/statistics/histogram-quantile.ts';
import { follows } from './adoption.ts';
import { type Counts, clusters, total } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import { clusteredShare, count, estimate, type Figure, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';

/**
 * Edges in ms, fixed for ever: histograms merge only on the same ones. Narrow where clinicians answer
 * (median 8 s in McDaniel 2016), 1 s and 3 s among them since those shares are published (Elias 2019).
 */
export const TIME_EDGES = [
  0, 500, 1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_500, 5_000, 6_000, 7_000, 8_000, 9_000,
  10_000, 12_000, 14_000, 16_000, 18_000, 20_000, 25_000, 30_000, 40_000, 50_000, 60_000, 90_000,
  120_000, 180_000, 300_000, 600_000, 1_800_000, 3_600_000,
] as const;

/** Faster than this, nobody has read the card (clinical-evidence §2 "Dwell"). */
export const FAST_MS = 3_000;
/** A clinician is counted as uncritical from this many timed answers on. */
const LEAST_ANSWERS = 20;
const UNCRITICAL = 0.98;

const BINS = TIME_EDGES.map((edge) => `ms ${edge}`);
const bin = (ms: number): string => BINS[binOf(TIME_EDGES, ms) ?? 0] ?? '';

/**
 * Visible time from display to answer: median, quartiles, share under 3 s, and clinicians whose median
 * is under 3 s while they follow more than 98 %. Numerator and denominator: answers with a measured
 * time. Unit: recommendation version × clinician, ms. Excluded: answers whose time was not measured
 * (charts are not told). Quantiles come from fixed bins and lie within their bin for certain.
 * Source: clinical-evidence §2; Baysari 2020; Elias 2019.
 */
export const responseTime: Metric<Presentation> = {
  name: 'response-time',
  cluster: ({ clinician_id }) => clinician_id,
  cells: ({ response, dwell_ms }) =>
    response === null || dwell_ms === null
      ? {}
      : {
          timed: 1,
          [bin(dwell_ms)]: 1,
          ...(dwell_ms < FAST_MS && { fast: 1 }),
          ...(response !== 'deferred' && { decided: 1 }),
          ...(follows(response) && { followed: 1 }),
          ...(follows(response) && dwell_ms < FAST_MS && { 'fast-followed': 1 }),
        },
  figures: (counts) => {
    const n = total(counts, 'timed');
    const whole = histogram(counts);
    const at = (name: string, p: number): Figure => {
      const found = n < LEAST_ROWS ? undefined : histogramQuantile(whole, p);
      const absence = n === 0 ? 'no-rows' : n < LEAST_ROWS ? 'below-floor' : 'not-estimable';
      return estimate(name, 'ms', n, { value: found?.value }, absence);
    };
    return [
      at('first quartile', 0.25),
      at('median', 0.5),
      at('third quartile', 0.75),
      clusteredShare('under 3 s', counts, ['fast'], ['timed']),
      clusteredShare('followed under 3 s of followed', counts, ['fast-followed'], ['followed']),
      ...uncritical(counts),
    ];
  },
};

/** Times of all clusters, on the fixed edges. */
export const histogram = (counts: Counts): Histogram => ({
  edges: TIME_EDGES,
  counts: TIME_EDGES.map((edge) => total(counts, `ms ${edge}`)),
});

/** How many clinicians follow nearly everything without reading; who they are is nobody's figure. */
function uncritical(counts: Counts): readonly Figure[] {
  const judged = clusters(counts).filter(
    ([, cells]) => (cells.get('decided') ?? 0) >= LEAST_ANSWERS,
  );
  if (judged.length < LEAST_CLUSTERS) return [];
  const found = judged.filter(([cluster, cells]) => {
    const median = histogramQuantile(histogram(new Map([[cluster, cells]])), 0.5)?.to ?? Infinity;
    const followed = (cells.get('followed') ?? 0) / (cells.get('decided') ?? 1);
    return median <= FAST_MS && followed > UNCRITICAL;
  });
  return [
    count('clinicians judged for uncritical acceptance', judged.length),
    count('clinicians who follow over 98 % in under 3 s', found.length),
  ];
}
