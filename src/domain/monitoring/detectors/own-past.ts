import { angleOf } from '#src/domain/statistics/angle.ts';
import type { ShiftQuestion } from '#src/domain/statistics/shift-scan.ts';
import { PAST_WEEKS } from '../settings.ts';
import type { Place } from '../signal.ts';
import type { Stream } from '../watch.ts';

/** A share held against its own past. */
export const ownPast = (
  place: Place,
  what: string,
  [numerator, denominator]: readonly [readonly number[], readonly number[]],
  direction: ShiftQuestion['direction'],
  shift: number,
): Stream => ({
  place,
  what,
  numerator,
  denominator,
  series: angles(numerator, denominator),
  question: { direction, shift, expected: 0, spread: Infinity, past: PAST_WEEKS },
});

/** Weekly shares on the arcsine scale. */
export const angles = (numerator: readonly number[], denominator: readonly number[]) =>
  denominator.map((n, t) => angleOf(numerator[t] ?? 0, n));
