import {
  clusterRatioInterval,
  clusterShareInterval,
  LEAST_CLUSTERS,
  type Part,
} from '#src/domain/statistics/cluster-interval.ts';
import type { Interval } from '#src/domain/statistics/interval.ts';
import { wilson } from '#src/domain/statistics/wilson.ts';
import { type Counts, clusters } from './counts.ts';

/** Fewer rows than this are counted and not drawn: one answer more would move the share by 5 points. */
export const LEAST_ROWS = 20;

/** Why a value or an interval is not there. */
export type Absence =
  | 'no-rows'
  | 'below-floor'
  | 'few-clusters'
  | 'only-fired-stored'
  | 'no-labels'
  | 'nothing-to-compare'
  | 'not-estimable';

/** One number of a metric, with all that it needs to be judged. */
export interface Figure {
  readonly name: string;
  /** `share`: a fraction 0–1; `ratio`: per `unit`; `number`: in `unit`; `count`: whole. */
  readonly kind: 'share' | 'ratio' | 'number' | 'count';
  readonly unit: string;
  readonly numerator: number | undefined;
  /** n: what the value is of. */
  readonly denominator: number;
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  readonly method: 'wilson' | 'cluster-t' | 'other' | 'none';
  /** Of the value where that is absent, else of the interval. */
  readonly absence?: Absence;
}

/** Numerator and denominator of each cluster, as sums of cells. */
export const parts = (
  counts: Counts,
  above: readonly string[],
  below: readonly string[],
): readonly Part[] =>
  clusters(counts).map(([, cells]) => {
    const sum = (names: readonly string[]) =>
      names.reduce((all, name) => all + (cells.get(name) ?? 0), 0);
    return { numerator: sum(above), denominator: sum(below) };
  });

const sumOf = (all: readonly Part[]): Part => ({
  numerator: all.reduce((sum, part) => sum + part.numerator, 0),
  denominator: all.reduce((sum, part) => sum + part.denominator, 0),
});

/** A share of rows that come in clusters (answers of clinicians): cluster-robust t, none below ten. */
export function clusteredShare(
  name: string,
  counts: Counts,
  above: readonly string[],
  below: readonly string[],
): Figure {
  const each = parts(counts, above, below);
  const { numerator, denominator } = sumOf(each);
  const interval = clusterShareInterval(each);
  return share(name, numerator, denominator, interval, 'cluster-t', 'few-clusters');
}

/** A share of independent rows (hospitalisations): Wilson. */
export const independentShare = (name: string, numerator: number, denominator: number): Figure =>
  share(name, numerator, denominator, wilson(numerator, denominator), 'wilson', 'no-rows');

function share(
  name: string,
  numerator: number,
  denominator: number,
  interval: Interval | undefined,
  method: 'wilson' | 'cluster-t',
  without: Absence,
): Figure {
  const base = { name, kind: 'share', unit: '1', numerator, denominator } as const;
  const absence =
    denominator === 0 ? 'no-rows' : denominator < LEAST_ROWS ? 'below-floor' : undefined;
  if (absence) return { ...base, value: undefined, interval: undefined, method: 'none', absence };
  const value = numerator / denominator;
  return interval
    ? { ...base, value, interval, method }
    : { ...base, value, interval, method: 'none', absence: without };
}

/**
 * A ratio of counts that may exceed one, in clusters. @param per scales value and interval (100: per
 * 100). @param least the floor, in what the denominator counts.
 */
export function clusteredRatio(
  name: string,
  counts: Counts,
  above: readonly string[],
  below: readonly string[],
  {
    per = 1,
    least = LEAST_ROWS,
    unit,
  }: { readonly per?: number; readonly least?: number; readonly unit: string },
): Figure {
  const each = parts(counts, above, below);
  const { numerator, denominator } = sumOf(each);
  const base = { name, kind: 'ratio', unit, numerator, denominator } as const;
  const absence = denominator === 0 ? 'no-rows' : denominator < least ? 'below-floor' : undefined;
  if (absence) return { ...base, value: undefined, interval: undefined, method: 'none', absence };
  const value = (per * numerator) / denominator;
  const interval = clusterRatioInterval(each);
  if (!interval) {
    const few = each.filter((part) => part.denominator > 0).length < LEAST_CLUSTERS;
    const why = few ? 'few-clusters' : 'not-estimable';
    return { ...base, value, interval, method: 'none', absence: why };
  }
  const scaled = { low: per * interval.low, high: per * interval.high };
  return { ...base, value, interval: scaled, method: 'cluster-t' };
}

/** A number from a method of its own; `denominator` is the n it rests on. */
export function estimate(
  name: string,
  unit: string,
  denominator: number,
  found: { readonly value: number | undefined; readonly interval?: Interval | undefined },
  absence: Absence = 'not-estimable',
): Figure {
  const { value, interval } = found;
  return {
    name,
    kind: 'number',
    unit,
    numerator: undefined,
    denominator,
    value,
    interval,
    method: interval ? 'other' : 'none',
    ...(value === undefined && { absence }),
  };
}

/** A plain count; it has no error. */
export const count = (name: string, value: number): Figure => ({
  name,
  kind: 'count',
  unit: '1',
  numerator: undefined,
  denominator: value,
  value,
  interval: undefined,
  method: 'none',
});

/** What cannot be said of these tables, and why. */
export const absent = (name: string, absence: Absence, denominator = 0): Figure =>
  estimate(name, '1', denominator, { value: undefined }, absence);
