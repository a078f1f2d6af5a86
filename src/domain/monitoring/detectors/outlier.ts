import { DECIDED, FOLLOWED } from '#src/domain/metrics/adoption.ts';
import { funnel } from '#src/domain/statistics/funnel.ts';
import { LEAST_WEEKS_OF_UNIT, OUTLIER_WEIGHT, RELEVANT, USUAL_SPREAD } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { againstOthers } from './against-others.ts';

interface Unit {
  readonly unit: string;
  readonly followed: readonly number[];
  readonly decided: readonly number[];
}

/** Fewer units than this have no usual spread. */
const LEAST_UNITS = 4;

/**
 * A unit follows much less, or much more, than the others in the same weeks. How far units usually lie
 * apart is taken from the hospital itself (funnel plot with overdispersion, Spiegelhalter 2005); a unit's
 * own past replaces that as it grows.
 */
export function outlier(reading: Reading): readonly Signal[] {
  const all = reading.of('monitor-adoption', ['model', 'unit']);
  const models = [...Map.groupBy(all, ({ slice }) => slice[0] ?? null)];
  const streams = models.flatMap(([model_id, slices]) => {
    const units = slices.flatMap(({ slice, weeks }): readonly Unit[] =>
      slice[1]
        ? [{ unit: slice[1], followed: sums(weeks, ...FOLLOWED), decided: sums(weeks, ...DECIDED) }]
        : [],
    );
    if (units.length < LEAST_UNITS) return [];
    const spread = usualSpread(units, reading.weeks.length);
    return units.flatMap((one) => {
      const compared = compare(one, units, reading.weeks.length);
      return ([-1, 1] as const).map((direction) => ({
        ...againstOthers(
          { ...NOWHERE, model_id, unit: one.unit },
          'followed, of decided',
          compared,
          { direction, shift: RELEVANT.outlier, spread },
        ),
        leastWeeks: LEAST_WEEKS_OF_UNIT,
        weight: direction === -1 ? OUTLIER_WEIGHT.fall : OUTLIER_WEIGHT.rise,
      }));
    });
  });
  return watch('outlier', reading.weeks, streams);
}

const compare = (one: Unit, units: readonly Unit[], weeks: number) => {
  const [x, n] = totals(units, weeks);
  return Array.from({ length: weeks }, (_, t) => {
    const [ownX, ownN] = [one.followed[t] ?? 0, one.decided[t] ?? 0];
    return [{ x: ownX, n: ownN, otherX: (x[t] ?? 0) - ownX, otherN: (n[t] ?? 0) - ownN }];
  });
};

const totals = (units: readonly Unit[], weeks: number) =>
  (['followed', 'decided'] as const).map((of) =>
    Array.from({ length: weeks }, (_, t) =>
      units.reduce((sum, unit) => sum + (unit[of][t] ?? 0), 0),
    ),
  ) as readonly (readonly number[])[] as readonly [readonly number[], readonly number[]];

/** τ² of all rows until each week, not below what nobody wonders about. */
function usualSpread(units: readonly Unit[], weeks: number): readonly number[] {
  const sums = units.map(() => ({ numerator: 0, denominator: 0 }));
  return Array.from({ length: weeks }, (_, t) => {
    for (const [i, unit] of units.entries()) {
      const sum = sums[i];
      if (!sum) continue;
      sum.numerator += unit.followed[t] ?? 0;
      sum.denominator += unit.decided[t] ?? 0;
    }
    return Math.max(USUAL_SPREAD, funnel(sums)?.between ?? 0);
  });
}
