import { analyte, type LabId } from './analytes.ts';
import { add, type Chart } from './chart.ts';
import { reading } from './observations.ts';
import { stream } from './ward.ts';

/** One value per draw; null where that draw did not ask for it. */
type LabResults = Readonly<Partial<Record<LabId, readonly (number | null)[]>>>;

/** Writes laboratory results. `drawn` are hours ago, oldest first; values follow the same order. */
export function labs(chart: Chart, drawn: readonly number[], results: LabResults): void {
  const random = stream(chart.ward, `labs/${chart.id}`);
  const minutes = drawn.map((hours) => hours * 60 + random.int(-6, 6));
  minutes.forEach((ago, n) => {
    for (const [id, values] of Object.entries(results) as [LabId, readonly (number | null)[]][]) {
      const value = values[n] ?? null;
      if (value === null) continue;
      const a = analyte(id);
      const drift = 1 + a.noise * random.noise();
      const resultAfter = id === 'lactate' || id === 'ph' || id === 'pco2' ? 6 : 25;
      add(
        chart,
        reading(chart, 'laboratory', n, {
          analyte: id,
          value: value * drift,
          minutesAgo: Math.max(ago, resultAfter + 1),
          resultAfter,
        }),
      );
    }
  });
}
