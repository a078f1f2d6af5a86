import { follows } from './adoption.ts';
import { cellOf, contrastFigure, groupsOf, pairs } from './contrast.ts';
import type { Counts } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import type { Figure } from './figure.ts';
import type { Metric } from './metric.ts';
import { SUBGROUPS } from './slices.ts';

const NAMES = {
  age_band: 'age',
  sex: 'sex',
  race_ethnicity: 'race',
  language: 'language',
  payer: 'payer',
} as const;

/**
 * Whether the same advice is followed, answered and read alike for every group of patients: ratio of
 * shares against the largest group, with a cluster-robust interval. Show its size, not its p: with five
 * million rows 82.3 % against 81.3 % is significant (UAB, AMIA 2021:314). Following: A+M of A+M+O;
 * silence: D−R of recorded displays. Unit: recommendation version × clinician; clusters: clinicians,
 * who answer for several groups. Excluded: patients whose group is not recorded.
 */
export const equity: Metric<Presentation> = {
  name: 'equity',
  cluster: ({ clinician_id }) => clinician_id,
  cells: (row) => {
    const counted = countedOf(row);
    const cells: Record<string, number> = {};
    for (const column of SUBGROUPS) {
      const group = row[column];
      if (group === null) continue;
      const names = namesOf(NAMES[column], group);
      for (const cell of counted) cells[names[cell]] = 1;
    }
    return cells;
  },
  figures: (counts) =>
    Object.values(NAMES).flatMap((column) => [
      ...parity(counts, column, 'following', ['followed', 'decided']),
      ...parity(counts, column, 'no response', ['silent', 'recorded']),
    ]),
};

const CELLS = ['decided', 'followed', 'recorded', 'silent'] as const;
type Cell = (typeof CELLS)[number];

function countedOf({ response, implied }: Presentation): readonly Cell[] {
  const counted: Cell[] = [];
  if (response !== null && response !== 'deferred') counted.push('decided');
  if (follows(response)) counted.push('followed');
  if (!implied) counted.push('recorded');
  if (!implied && response === null) counted.push('silent');
  return counted;
}

type Names = Readonly<Record<Cell, string>>;
const known = new Map<string, Map<string, Names>>();

/** Names of a group's cells. Rows come by the million, and groups do not. */
function namesOf(column: string, group: string): Names {
  const groups = known.get(column) ?? new Map<string, Names>();
  known.set(column, groups);
  let names = groups.get(group);
  if (names === undefined) {
    const name = (cell: Cell): string => cellOf(`${column} ${group}`, cell);
    const [a, b, c, d] = CELLS;
    names = { [a]: name(a), [b]: name(b), [c]: name(c), [d]: name(d) };
    groups.set(group, names);
  }
  return names;
}

function parity(
  counts: Counts,
  column: string,
  what: string,
  cells: readonly [string, string],
): readonly Figure[] {
  const groups = groupsOf(counts, cells[1]).filter(([group]) => group.startsWith(`${column} `));
  const [reference, ...others] = groups.map(([group]) => group);
  if (reference === undefined) return [];
  return others.map((group) =>
    contrastFigure(
      `${what}, ${group} to ${reference.slice(column.length + 1)}`,
      'ratio',
      pairs(counts, [group, reference], cells),
    ),
  );
}
