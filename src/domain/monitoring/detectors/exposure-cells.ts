import type { Counts } from '#src/domain/metrics/counts.ts';
import type { MixedCell } from '#src/domain/statistics/mixed-trend.ts';
import { FATIGUE } from '../settings.ts';

/** Answers of one clinician in one week after about so many exposures. */
export interface ExposureCell extends MixedCell {
  readonly clinician: string;
}

/** Steps of the metric `fatigue`: a quarter of a doubling. */
const STEPS = 4;

/** Middle of a step, in earlier exposures. */
const seenAt = (step: number): number => 2 ** ((step + 0.5) / STEPS) - 1;

/** Cells of all weeks, in order of time; clinicians are numbered as they come. */
export function exposureCells(weeks: readonly Counts[]): readonly (readonly ExposureCell[])[] {
  const numbers = new Map<string, number>();
  const numberOf = (clinician: string): number => {
    const known = numbers.get(clinician) ?? numbers.size;
    numbers.set(clinician, known);
    return known;
  };
  return weeks.map((counts, period) =>
    [...counts].flatMap(([clinician, cells]) =>
      [...cells]
        .filter(([cell]) => cell.startsWith('n '))
        .map(([cell, n]) => ({
          clinician,
          cluster: numberOf(clinician),
          period,
          x: seenAt(Number(cell.slice(cell.indexOf('@') + 1))) / FATIGUE.exposures,
          n,
          y: cells.get(`y ${cell.slice(2)}`) ?? 0,
        })),
    ),
  );
}
