import { blockOf } from '#src/domain/aggregates/blocks.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import type { Sliced, SlicedCounts } from '#src/domain/metrics/slices.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { identifiers } from '../datatypes.ts';
import { get, problem } from '../read.ts';
import {
  fromPlainText,
  LARGE,
  parsed,
  REPORT_SYSTEM,
  THOUSAND_MILLIONS,
  UNDATED,
} from './report-names.ts';

/** One published report: the counts of one view in one block. */
export interface ReadReport {
  readonly view: string;
  /** Monday of the block, or `undated`. */
  readonly block: string;
  /** Epoch ms: what the counts know of. */
  readonly asOf: number;
  readonly counts: SlicedCounts;
}

/** What cannot be read must not be counted as nothing. */
class Unreadable extends Error {}

type Building = Map<
  string,
  { readonly slice: Sliced['slice']; readonly counts: Map<string, Map<string, number>> }
>;

/**
 * A report as counts, whole or not at all: half of a report would be a wrong number.
 * @param views those that are asked for; another view's report is a problem.
 */
export function fromMeasureReport(
  resource: unknown,
  views: readonly View[],
): ReadResult<ReadReport> {
  try {
    return { ok: true, value: read(resource, views), problems: [] };
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    return { ok: false, problem: problem('malformed', `A published report ${cause.message}.`) };
  }
}

function read(resource: unknown, views: readonly View[]): ReadReport {
  if (get(resource, 'resourceType') !== 'MeasureReport')
    throw new Unreadable('is no MeasureReport');
  const value =
    identifiers(get(resource, 'identifier')).find(({ system }) => system === REPORT_SYSTEM)
      ?.value ?? '';
  const view = views.find(({ name }) => value.startsWith(`${name}/`));
  if (!view) throw new Unreadable('is of no known view');
  const block = value.slice(view.name.length + 1);
  const asOf = Date.parse(text(get(resource, 'date'), 'date'));
  if (Number.isNaN(asOf)) throw new Unreadable('has no usable date');
  if (get(resource, 'status') !== 'complete') throw new Unreadable('is not complete');
  const at = view.by.indexOf('week');
  const built: Building = new Map();
  for (const group of array(get(resource, 'group'))) {
    const place = sliceIn(text(get(get(group, 'code'), 'text'), 'group'), view.by.length - 1);
    for (const stratifier of array(get(group, 'stratifier')))
      for (const stratum of array(get(stratifier, 'stratum'))) {
        const [week, cluster] = weekAndCluster(text(get(get(stratum, 'value'), 'text'), 'stratum'));
        if ((week === null ? UNDATED : blockOf(week)) !== block)
          throw new Unreadable('has a week of another block');
        const slice = place.toSpliced(at, 0, week);
        put(built, slice, cluster, array(get(stratum, 'population')));
      }
  }
  return { view: view.name, block, asOf, counts: inOrder(built) };
}

function put(
  built: Building,
  slice: Sliced['slice'],
  cluster: string,
  populations: readonly unknown[],
): void {
  const key = JSON.stringify(slice);
  const known = built.get(key) ?? { slice, counts: new Map() };
  built.set(key, known);
  if (known.counts.has(cluster)) throw new Unreadable('has a stratum twice');
  const cells = new Map<string, number>();
  known.counts.set(cluster, cells);
  const names = new Set<string>();
  for (const one of populations) {
    const name = text(get(get(one, 'code'), 'text'), 'population');
    const large = name.endsWith(THOUSAND_MILLIONS);
    const cell = fromPlainText(large ? name.slice(0, -THOUSAND_MILLIONS.length) : name);
    const count = get(one, 'count');
    if (cell === undefined || names.has(name)) throw new Unreadable('names a population wrongly');
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count <= 0)
      throw new Unreadable('has a count that is none');
    names.add(name);
    cells.set(cell, (cells.get(cell) ?? 0) + count * (large ? LARGE : 1));
  }
}

const WEEK = /^\d{4}-\d{2}-\d{2}$/;

function weekAndCluster(value: string): readonly [string | null, string] {
  const space = value.indexOf(' ');
  const week = space < 0 ? value : value.slice(0, space);
  const cluster = space < 0 ? '' : fromPlainText(value.slice(space + 1));
  if (
    cluster === undefined ||
    (week !== UNDATED && !(WEEK.test(week) && !Number.isNaN(Date.parse(week))))
  )
    throw new Unreadable('has a stratum that names no week');
  return [week === UNDATED ? null : week, cluster];
}

function sliceIn(code: string, length: number): readonly (string | null)[] {
  const values: unknown = parsed(code);
  if (!Array.isArray(values) || values.length !== length)
    throw new Unreadable('has a group of another shape');
  return values.map((each: unknown) => {
    if (each === null || typeof each === 'string') return each;
    throw new Unreadable('has a group of another shape');
  });
}

function text(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new Unreadable(`has a ${what} without text`);
}

/** Not by `objects`: that looks at two hundred entries, and a report has thousands. */
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const inOrder = (built: Building): SlicedCounts =>
  new Map([...built].toSorted(([a], [b]) => (a < b ? -1 : 1)));
