import {
  type Funnel,
  type FunnelPoint,
  funnel,
  funnelLimits,
} from '#src/domain/statistics/funnel.ts';
import { DECIDED, FOLLOWED, follows } from './adoption.ts';
import { type Counts, clusters } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import { count, estimate, type Figure, parts } from './figure.ts';
import type { Metric } from './metric.ts';

export interface Placed extends FunnelPoint {
  readonly key: string;
  readonly value: number;
  /** Beyond the limits of 95 % or 99.8 %; `inside` where neither. */
  readonly place: 'inside' | 'beyond-95' | 'beyond-99.8';
}

/** The funnel and where each cluster lies in it. */
export function placed(
  counts: Counts,
): { readonly funnel: Funnel; readonly points: readonly Placed[] } | undefined {
  const all = parts(counts, FOLLOWED, DECIDED);
  const found = funnel(all);
  if (!found) return undefined;
  const points = clusters(counts).flatMap(([key], i) => {
    const part = all[i];
    if (!part || part.denominator === 0) return [];
    const value = part.numerator / part.denominator;
    const beyond = (level: number): boolean => {
      const { low, high } = funnelLimits(part.denominator, found, level);
      return value < low || value > high;
    };
    const place = beyond(0.998) ? 'beyond-99.8' : beyond(0.95) ? 'beyond-95' : 'inside';
    return [{ ...part, key, value, place } as const];
  });
  return { funnel: found, points };
}

function figures(what: string, counts: Counts): readonly Figure[] {
  const found = placed(counts);
  if (!found) return [];
  const n = found.points.length;
  const beyond = (place: Placed['place']) =>
    found.points.filter((point) => point.place === place).length;
  return [
    count(`${what} with a decided answer`, n),
    estimate('dispersion φ', '1', n, { value: found.funnel.dispersion }),
    estimate('spread τ on the arcsine scale', 'rad', n, { value: Math.sqrt(found.funnel.between) }),
    count(`${what} beyond 95 %`, beyond('beyond-95') + beyond('beyond-99.8')),
    count(`${what} beyond 99.8 %`, beyond('beyond-99.8')),
  ];
}

/** One point for each value of a column. */
const funnelMetric = (
  name: string,
  what: string,
  of: (row: Presentation) => string | null,
): Metric<Presentation> => ({
  name,
  cluster: (row) => of(row) ?? '',
  cells: (row) => {
    if (of(row) === null || row.response === null || row.response === 'deferred') return {};
    return follows(row.response) ? { accepted: 1 } : { overridden: 1 };
  },
  figures: (counts) => figures(what, counts),
});

/**
 * How far clinicians differ in following, beyond chance and beyond how they usually differ: funnel plot
 * with overdispersion, never a league table. Numerator: A+M; denominator: A+M+O of each clinician.
 * Figures name nobody. Source: Spiegelhalter 2005, Stat Med 24:1185.
 */
export const clinicianVariation = funnelMetric(
  'clinician-variation',
  'clinicians',
  ({ clinician_id }) => clinician_id,
);

/** The same over hospital units. */
export const unitVariation = funnelMetric('unit-variation', 'units', ({ unit }) => unit);

/** The same over sites. */
export const siteVariation = funnelMetric('site-variation', 'sites', ({ site }) => site);
