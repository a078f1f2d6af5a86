import type { Counts } from '#src/domain/metrics/counts.ts';
import { RELEVANT } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, watch } from '../watch.ts';
import type { Reading, WeeklyCounts } from '../weeks.ts';
import { againstOthers } from './against-others.ts';

/**
 * The same advice is followed less for one group of patients than for the others of the same dimension,
 * in the same weeks and inside the same units.
 */
export function responseDisparity(reading: Reading): readonly Signal[] {
  const slices = reading.of('monitor-equity', ['model', 'unit']);
  const models = [...Map.groupBy(slices, ({ slice }) => slice[0] ?? null)];
  const streams = models.flatMap(([model_id, units]) =>
    [...Map.groupBy(groupsOf(units), ({ dimension }) => dimension).values()].flatMap((groups) =>
      groups.map((group) =>
        againstOthers(
          { ...NOWHERE, model_id, group: { dimension: group.dimension, value: group.value } },
          'followed, of decided',
          reading.weeks.map((_, t) => units.map((_unit, u) => versus(group, groups, t, u))),
          { direction: -1, shift: RELEVANT['response-disparity'], spread: 0 },
        ),
      ),
    ),
  );
  return watch('response-disparity', reading.weeks, streams);
}

/** What each unit saw of one group in each week. */
interface Group {
  readonly dimension: string;
  readonly value: string;
  readonly followed: readonly number[][];
  readonly decided: readonly number[][];
}

function versus(own: Group, groups: readonly Group[], t: number, u: number) {
  const all = (of: 'followed' | 'decided'): number =>
    groups.reduce((sum, group) => sum + (group[of][t]?.[u] ?? 0), 0);
  const [x, n] = [own.followed[t]?.[u] ?? 0, own.decided[t]?.[u] ?? 0];
  return { x, n, otherX: all('followed') - x, otherN: all('decided') - n };
}

const SEPARATOR = '\u001f';

/** Cells of the metric `equity`, “dimension value ␟ cell”, read once. */
function groupsOf(units: readonly WeeklyCounts[]): readonly Group[] {
  const groups = new Map<string, Group>();
  const weeks = units[0]?.weeks.length ?? 0;
  const empty = (): number[][] => Array.from({ length: weeks }, () => units.map(() => 0));
  const tables = new Map<string, readonly number[][] | undefined>();
  const tableOf = (cell: string): readonly number[][] | undefined => {
    const [name = '', what] = cell.split(SEPARATOR);
    if (what !== 'followed' && what !== 'decided') return undefined;
    const at = name.indexOf(' ');
    const [dimension, value] = [name.slice(0, at), name.slice(at + 1)];
    const group = groups.get(name) ?? { dimension, value, followed: empty(), decided: empty() };
    groups.set(name, group);
    return group[what];
  };
  for (const [u, { weeks: counts }] of units.entries())
    for (const [t, week] of counts.entries())
      for (const [cell, by] of cellsOf(week)) {
        if (!tables.has(cell)) tables.set(cell, tableOf(cell));
        const row = tables.get(cell)?.[t];
        if (row) row[u] = (row[u] ?? 0) + by;
      }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

const cellsOf = (counts: Counts) => [...counts.values()].flatMap((cells) => [...cells]);
