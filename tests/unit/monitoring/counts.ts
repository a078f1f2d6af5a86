import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import type { Counts } from '#src/domain/metrics/counts.ts';
import type { MonitoringView } from '#src/domain/monitoring/views.ts';

const START = Date.parse('2026-01-05');

/** Monday of the n-th week, from 0. */
export const monday = (week: number): string =>
  new Date(START + week * 7 * 86_400_000).toISOString().slice(0, 10);

/** The day on which so many weeks can be read. */
export const asOfWeeks = (weeks: number): string =>
  new Date(START + (weeks * 7 + 1) * 86_400_000).toISOString().slice(0, 10);

type Cells = Readonly<Record<string, number>>;

/** One slice of a view, without its week: cells by week, of one cluster or of several by name. */
export interface Written {
  readonly view: MonitoringView;
  readonly slice: readonly (string | null)[];
  readonly cells: (week: number) => Cells | ReadonlyMap<string, Cells>;
}

const counts = (cells: Cells | ReadonlyMap<string, Cells>): Counts =>
  cells instanceof Map
    ? new Map([...cells].map(([cluster, own]) => [cluster, new Map(Object.entries(own))]))
    : new Map([['', new Map(Object.entries(cells as Cells))]]);

/** Aggregates as a hospital would have them, written down by hand. */
export function written(weeks: number, ...all: readonly Written[]): Aggregates {
  const views = new Map<string, Map<string, { slice: (string | null)[]; counts: Counts }>>();
  for (const { view, slice, cells } of all) {
    const sliced = views.get(view) ?? new Map();
    views.set(view, sliced);
    for (let week = 0; week < weeks; week++) {
      const whole = [...slice, monday(week)];
      sliced.set(JSON.stringify(whole), { slice: whole, counts: counts(cells(week)) });
    }
  }
  return views;
}
