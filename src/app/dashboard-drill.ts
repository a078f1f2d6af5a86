import { lastDayOf } from '#src/domain/aggregates/blocks.ts';
import type { Behind } from '#src/state/dashboard/decisions.ts';
import {
  type DashboardFilter,
  type DashboardSearch,
  dayText,
  toSearch,
} from '#src/state/dashboard/filter.ts';

/** An address of decisions: filters, and what the mark adds to them. No patient, no clinician. */
export interface DrillSearch extends DashboardSearch {
  readonly version?: string;
  readonly reason?: string;
  /** First and last day of the mark. */
  readonly week?: string;
  readonly last?: string;
}

const LONGEST = 200;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;

export function toDrillSearch(raw: Readonly<Record<string, unknown>>): DrillSearch {
  const word = (name: 'version' | 'reason'): DrillSearch => {
    const value = raw[name];
    return typeof value === 'string' && value !== '' && value.length <= LONGEST
      ? { [name]: value }
      : {};
  };
  const day = (name: 'week' | 'last'): DrillSearch => {
    const value = raw[name];
    return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value))
      ? { [name]: value }
      : {};
  };
  return {
    ...toSearch(raw),
    ...word('version'),
    ...word('reason'),
    ...day('week'),
    ...day('last'),
  };
}

/** The days of a mark on a time axis: a week, or a block where rows are blocks. */
export function weekOf(
  week: string | undefined,
  { form }: Pick<DashboardFilter, 'form'>,
): DrillSearch {
  if (week === undefined) return {};
  const last = form === 'minutes' ? lastDayOf(week) : dayText(Date.parse(week) + WEEK_MS - DAY_MS);
  return { week, last };
}

export const behindOf = ({ model, version, unit, reason }: DrillSearch): Behind => ({
  model,
  version,
  unit,
  reason,
});
