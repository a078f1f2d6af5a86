import { useMemo } from 'react';
import { mergeAggregates } from '#src/domain/aggregates/aggregates.ts';
import type { Dimension, SlicedCounts } from '#src/domain/metrics/slices.ts';
import type { DashboardFilter } from './filter.ts';
import { periodOf, usePublished, viewOf } from './published.ts';
import type { Freshness } from './use-freshness.ts';

/** The counts of a view that a filter leaves. */
export interface SelectedView {
  readonly by: readonly Dimension[];
  readonly counts: SlicedCounts;
  /** Filters that are set and that these counts know nothing of. */
  readonly blindTo: readonly ('model' | 'site' | 'unit')[];
}

export type ViewState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'ready'; readonly view: SelectedView };

/** A view with what is recent, cut down to the filter. @param wanted false: not needed yet. */
export function useView(
  name: string,
  filter: DashboardFilter,
  { tail }: Pick<Freshness, 'tail'>,
  wanted: boolean,
): ViewState {
  const { data, error } = usePublished(name, periodOf(filter), wanted);
  const recent = tail?.get(name);
  const view = useMemo(() => {
    if (!data) return undefined;
    const whole = recent
      ? mergeAggregates(new Map([[name, data.counts]]), new Map([[name, recent]])).get(name)
      : data.counts;
    return select(name, whole ?? new Map(), filter);
  }, [name, data, recent, filter]);
  if (view) return { state: 'ready', view };
  return error ? { state: 'failed', error } : { state: 'loading' };
}

/** Encounters have no model: they are the denominator of every one, and stay. */
const KEEPS_UNMODELLED = new Set(['burden-weekly']);

export function select(name: string, counts: SlicedCounts, filter: DashboardFilter): SelectedView {
  const { by } = viewOf(name);
  const { from, until } = periodOf(filter);
  const set = (['model', 'site', 'unit'] as const).filter((one) => filter[one] !== undefined);
  const kept = [...counts].filter(([, { slice }]) => {
    const week = slice[by.indexOf('week')] ?? null;
    if (week === null || week < from || week > until) return false;
    return set.every((one) => {
      const at = by.indexOf(one);
      if (at === -1 || slice[at] === filter[one]) return true;
      return one === 'model' && slice[at] === null && KEEPS_UNMODELLED.has(name);
    });
  });
  return { by, counts: new Map(kept), blindTo: set.filter((one) => !by.includes(one)) };
}
