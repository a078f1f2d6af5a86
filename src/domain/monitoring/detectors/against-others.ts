import { angle, angleBetween, type Versus } from '#src/domain/statistics/angle.ts';
import type { ShiftQuestion } from '#src/domain/statistics/shift-scan.ts';
import type { Place } from '../signal.ts';
import type { Stream } from '../watch.ts';

/** For each week, what each stratum saw of one and of the others. */
export type Compared = readonly (readonly Versus[])[];

/**
 * A share held against that of others in the same weeks: seasons and whatever else befalls all of them
 * is gone, and there is a level to compare with from the first week on.
 */
export function againstOthers(
  place: Place,
  what: string,
  compared: Compared,
  question: Pick<ShiftQuestion, 'direction' | 'shift' | 'spread'>,
): Stream {
  const sum = (of: keyof Versus): readonly number[] =>
    compared.map((strata) => strata.reduce((all, each) => all + each[of], 0));
  const [otherX, otherN] = [sum('otherX'), sum('otherN')];
  return {
    place,
    what,
    numerator: sum('x'),
    denominator: sum('n'),
    series: compared.map(angleBetween),
    question: { ...question, expected: 0, past: 0 },
    others: otherN.map((n, t) => (n > 0 ? angle((otherX[t] ?? 0) / n) : 0)),
  };
}
