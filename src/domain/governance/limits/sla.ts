import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { CATALOGUE } from '#src/domain/metrics/catalogue.ts';
import type { Facts } from '#src/domain/metrics/facts/facts.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import type { Dimension, Slice } from '#src/domain/metrics/slices.ts';
import { SETTLED_MS } from '#src/domain/monitoring/weeks.ts';

/** What is done by itself when a limit is breached; `notify`: people are told, and nothing else. */
export const AUTOMATIC_ACTIONS = ['notify', 'restrict', 'suspend'] as const;
export type AutomaticAction = (typeof AUTOMATIC_ACTIONS)[number];

/** Who has to answer, and until when. */
export interface Duty {
  /** Reference of who has to act. */
  readonly owner: string;
  readonly acknowledgeHours: number;
  readonly actHours: number;
}

/** Part of the rows that a figure is of; what is absent is not asked about. */
export type SlaSlice = Readonly<Partial<Record<Exclude<Dimension, 'week'>, string>>>;

/** What a committee has agreed that a model must keep. */
export interface Sla extends Duty {
  readonly id: string;
  readonly title: string;
  /** Name in the catalogue of metrics, and of one of its figures. */
  readonly metric: string;
  readonly figure: string;
  /** Names one model at least. */
  readonly slice: SlaSlice & { readonly model: string };
  /** Whole weeks, the last of which ended a day ago or earlier. */
  readonly windowWeeks: number;
  /** Rows (n of the figure) below which nothing is said. */
  readonly leastRows: number;
  readonly direction: 'at-least' | 'at-most';
  /** In the unit of the figure: shares from 0 to 1. */
  readonly warn: number;
  readonly breach: number;
  readonly action: AutomaticAction;
  /** What the banner says; for `restrict`. */
  readonly restriction?: string;
}

/** All that a site has agreed. */
export interface ServiceLevels {
  /** Reference of whom an answer that is late goes to. */
  readonly committee: string;
  /** Who answers for signals of monitoring; absent: signals open no task. */
  readonly signals?: Duty;
  readonly slas: readonly Sla[];
}

/**
 * `breach`, `warn`: the whole interval lies beyond that limit. `kept`: it lies on the good side of both.
 * `unclear`: it holds one of them. `cannot-tell`: too few rows, or no interval.
 */
export type Verdict = 'kept' | 'unclear' | 'warn' | 'breach' | 'cannot-tell';

export interface SlaResult {
  readonly sla: Sla;
  readonly verdict: Verdict;
  /** Absent where its tables are. */
  readonly figure?: Figure;
}

/** What stands against an SLA that was written by hand, in words; empty: it can be used. */
export function slaProblems(sla: Sla): readonly string[] {
  const { metric, slice, direction, warn, breach, action, restriction } = sla;
  return [
    ...(CATALOGUE.some(({ name }) => name === metric) ? [] : [`There is no metric “${metric}”.`]),
    ...(slice.model === '' ? ['It names no model.'] : []),
    ...((direction === 'at-least' ? warn >= breach : warn <= breach)
      ? []
      : ['The warning comes after the breach.']),
    ...(action === 'restrict' && restriction === undefined
      ? ['It restricts, and does not say what the banner tells clinicians.']
      : []),
  ];
}

/**
 * How a limit stands: the figure of the dashboard over whole weeks, with its interval.
 * @param facts undefined: a table that the metric needs is not there
 * @param asOf epoch ms
 */
export function evaluateSla(sla: Sla, facts: Facts | undefined, asOf: number): SlaResult {
  const figure = facts && figureOf(sla, facts, asOf);
  return { sla, verdict: verdictOf(sla, figure), ...(figure && { figure }) };
}

export function verdictOf(
  { leastRows, direction, warn, breach }: Pick<Sla, 'leastRows' | 'direction' | 'warn' | 'breach'>,
  figure: Figure | undefined,
): Verdict {
  if (!figure?.interval || figure.denominator < leastRows) return 'cannot-tell';
  const { low, high } = figure.interval;
  const beyond = (limit: number): boolean =>
    direction === 'at-least' ? high < limit : low > limit;
  if (beyond(breach)) return 'breach';
  if (beyond(warn)) return 'warn';
  return (direction === 'at-least' ? low >= warn : high <= warn) ? 'kept' : 'unclear';
}

const WEEK_MS = 7 * 86_400_000;

function figureOf(sla: Sla, facts: Facts, asOf: number): Figure | undefined {
  const entry = entryOf(sla.metric);
  const by = dimensionsOf(sla);
  const wanted: Slice = by.map((name) => sla.slice[name] ?? null);
  const all: readonly Dimension[] = [...by, 'week'];
  const inWindow = (slice: Slice): boolean => {
    const start = Date.parse(slice.at(-1) ?? '');
    return start + SETTLED_MS <= asOf && start + SETTLED_MS > asOf - sla.windowWeeks * WEEK_MS;
  };
  // Where a denominator has no model or role it stands under null, and is shared.
  const fits = (slice: Slice): boolean =>
    wanted.every((value, at) => slice[at] === value || slice[at] === null) && inWindow(slice);
  const found = entry
    .figures(regroup(entry.count(facts, all), all, by, { where: fits }), by)
    .find(({ slice }) => slice.every((value, at) => value === wanted[at]));
  return found?.figures.find(({ name }) => name === sla.figure);
}

/** In one order, whatever the order in the file. */
function dimensionsOf({ slice }: Sla): readonly Exclude<Dimension, 'week'>[] {
  const names = [
    ...(['model', 'version', 'site', 'unit', 'role', 'risk-band'] as const),
    ...(['age', 'sex', 'race', 'language', 'payer'] as const),
  ];
  return names.filter((name) => slice[name] !== undefined);
}
