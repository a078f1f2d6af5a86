import type { EvidenceValue, ReferenceRange } from '#src/domain/recommendation.ts';
import { parseTime } from './format/date-time.ts';

export interface SparkPoint {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly ms: number;
}

export interface Spark {
  readonly points: readonly SparkPoint[];
  /** The reference range, cut to the drawing. */
  readonly band?: { readonly y: number; readonly height: number };
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly pad: number;
}

const timed = (series: readonly EvidenceValue[]) =>
  series
    .flatMap(({ value, at }) => {
      const ms = parseTime(at)?.ms;
      return value === undefined || ms === undefined || !Number.isFinite(value)
        ? []
        : [{ value, ms }];
    })
    .sort((a, b) => a.ms - b.ms);

/** What is later than the value that was used; nothing where that is not known. */
export const laterThan = <T extends { readonly ms: number }>(
  points: readonly T[],
  used: number | undefined,
): readonly T[] => (used === undefined ? [] : points.filter(({ ms }) => ms > used));

/** The drawing shows values that the model did not have. */
export const hasNewer = (series: readonly EvidenceValue[], usedAt: string | undefined): boolean => {
  const points = timed(series);
  return points.length > 1 && laterThan(points, parseTime(usedAt)?.ms).length > 0;
};

const finite = (...values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value): value is number => value !== undefined && Number.isFinite(value));

/** Positions in a box; undefined below two values, where a line would say nothing. */
export function placeSpark(
  series: readonly EvidenceValue[],
  range: ReferenceRange | undefined,
  { width, height, pad }: Box,
): Spark | undefined {
  const values = timed(series);
  const first = values[0];
  const last = values.at(-1);
  if (!first || !last || values.length < 2) return undefined;
  // The limits of the range belong to the picture: how far outside is what the eye looks for.
  const levels = [...values.map(({ value }) => value), ...finite(range?.low, range?.high)];
  const min = Math.min(...levels);
  const max = Math.max(...levels);
  const yOf = (value: number) =>
    max === min ? height / 2 : pad + ((max - value) / (max - min)) * (height - 2 * pad);
  const duration = last.ms - first.ms;
  const xOf = (ms: number) =>
    duration === 0 ? width / 2 : pad + ((ms - first.ms) / duration) * (width - 2 * pad);
  const points = values.map(({ value, ms }) => ({ x: xOf(ms), y: yOf(value), value, ms }));
  if (finite(range?.low, range?.high).length === 0) return { points };
  const top = range?.high === undefined ? 0 : yOf(range.high);
  const bottom = range?.low === undefined ? height : yOf(range.low);
  return { points, band: { y: top, height: Math.max(1, bottom - top) } };
}
