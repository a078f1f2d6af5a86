import { type Aggregates, regroup } from '#src/domain/aggregates/aggregates.ts';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import type { Dimension, Slice } from '#src/domain/metrics/slices.ts';
import { MONITORING_VIEWS, type MonitoringView } from './views.ts';

const DAY_MS = 86_400_000;
/** A week is read a day after its end: an answer counts within 24 h of its display. */
export const SETTLED_MS = 8 * DAY_MS;

/** Counts of one slice, week by week along a common axis. */
export interface WeeklyCounts {
  /** Values of the dimensions that were kept, without the week. */
  readonly slice: Slice;
  /** One for each week of the axis; empty where nothing was counted. */
  readonly weeks: readonly Counts[];
}

/** Weeks that can be read at `asOf`, and the counts of the views along them. */
export interface Reading {
  /** Mondays, without a gap. */
  readonly weeks: readonly string[];
  of(view: MonitoringView, keep: readonly Dimension[]): readonly WeeklyCounts[];
}

/** @param asOf `YYYY-MM-DD`: weeks that ended a day before, or earlier. */
export function readWeeks(aggregates: Aggregates, asOf: string): Reading {
  const weeks = axis(aggregates, Date.parse(asOf));
  const at = new Map(weeks.map((week, t) => [week, t]));
  return {
    weeks,
    of(name, keep) {
      const by: readonly Dimension[] =
        MONITORING_VIEWS.find((view) => view.name === name)?.by ?? [];
      const groups = new Map<string, { slice: Slice; weeks: Counts[] }>();
      const wanted = [...keep, 'week' as const];
      const whole = aggregates.get(name) ?? new Map();
      const same = by.length === wanted.length && by.every((each, i) => each === wanted[i]);
      for (const { slice, counts } of (same ? whole : regroup(whole, by, wanted)).values()) {
        const t = at.get(slice.at(-1) ?? '');
        if (t === undefined) continue;
        const kept = slice.slice(0, -1);
        const key = JSON.stringify(kept);
        const group = groups.get(key) ?? { slice: kept, weeks: weeks.map(() => NO_COUNTS) };
        group.weeks[t] = counts;
        groups.set(key, group);
      }
      return [...groups.values()];
    },
  };
}

const NO_COUNTS: Counts = new Map();

/** Every Monday from the first that any view has to the last that is settled. */
function axis(aggregates: Aggregates, asOf: number): readonly string[] {
  let first = Number.POSITIVE_INFINITY;
  for (const sliced of aggregates.values())
    for (const { slice } of sliced.values()) {
      const week = slice.at(-1);
      if (week) first = Math.min(first, Date.parse(week));
    }
  const weeks: string[] = [];
  for (let at = first; at + SETTLED_MS <= asOf; at += 7 * DAY_MS)
    weeks.push(new Date(at).toISOString().slice(0, 10));
  return weeks;
}

/** Sum of cells over all clusters, for each week. */
export const sums = (counts: readonly Counts[], ...cells: readonly string[]): readonly number[] =>
  counts.map((each) => total(each, ...cells));
