import type { Absence, Figure } from './figure.ts';

/** Why there is no value, or no interval, in words. */
export const ABSENCE_WORDS: Readonly<Record<Absence, string>> = {
  'no-rows': 'no rows',
  'below-floor': 'too few rows to be drawn',
  'few-clusters': 'no interval below 10 clusters',
  'only-fired-stored': 'only what fired is stored',
  'no-labels': 'no label of the outcome that the scores name',
  'nothing-to-compare': 'nothing to compare with',
  'not-estimable': 'cannot be estimated from these rows',
};

/**
 * A number of a figure as people read it: shares in percent with one decimal, p values and ratios with
 * three significant digits, counts whole. No separator of thousands: tables are read by programs too.
 */
export function numberText({ kind, unit }: Pick<Figure, 'kind' | 'unit'>, value: number): string {
  if (kind === 'share') return `${(value * 100).toFixed(1)} %`;
  if (kind === 'count') return String(value);
  if (unit === 'ms') return (value / 1_000).toFixed(1);
  const size = Math.abs(value);
  return size >= 1 ? value.toFixed(size < 100 ? 1 : 0) : value.toFixed(3);
}

/** What stands behind the number: times are shown in seconds, `1` is nothing. */
export const unitText = ({ kind, unit }: Pick<Figure, 'kind' | 'unit'>): string =>
  kind === 'share' || kind === 'count' || unit === '1' ? '' : unit === 'ms' ? 's' : unit;
