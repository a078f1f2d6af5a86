import { angle } from '#src/domain/statistics/angle.ts';
import type { Target, Targets } from '../settings.ts';
import type { Place, Signal } from '../signal.ts';
import { NOWHERE, type Stream, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { angles } from './own-past.ts';

/** A share held against what is acceptable, from its first week on. */
export function againstTarget(
  place: Place,
  what: string,
  [numerator, denominator]: readonly [readonly number[], readonly number[]],
  { acceptable, unacceptable }: Target,
): Stream {
  const [from, to] = [angle(acceptable), angle(unacceptable)];
  return {
    place,
    what,
    numerator,
    denominator,
    series: angles(numerator, denominator),
    question: {
      direction: to > from ? 1 : -1,
      shift: Math.abs(to - from),
      expected: from,
      spread: 0,
      past: 0,
    },
  };
}

type TargetsOf = (model: string | null) => Targets;

/** The model finds fewer of the events than is acceptable. */
export const lowSensitivity = (reading: Reading, targetsOf: TargetsOf): readonly Signal[] =>
  watch(
    'low-sensitivity',
    reading.weeks,
    reading
      .of('monitor-labelled', ['model'])
      .map(({ slice: [model_id = null], weeks }) =>
        againstTarget(
          { ...NOWHERE, model_id },
          'found by the model, of encounters with the event',
          [sums(weeks, 'tp'), sums(weeks, 'tp', 'fn')],
          targetsOf(model_id).sensitivity,
        ),
      ),
  );

/** The model misses more of the critical events than is acceptable. */
export const missedCritical = (reading: Reading, targetsOf: TargetsOf): readonly Signal[] =>
  watch(
    'missed-critical',
    reading.weeks,
    reading
      .of('monitor-labelled', ['model'])
      .map(({ slice: [model_id = null], weeks }) =>
        againstTarget(
          { ...NOWHERE, model_id },
          'missed by the model, of critical events',
          [sums(weeks, 'critical missed'), sums(weeks, 'critical')],
          targetsOf(model_id).missedCritical,
        ),
      ),
  );
