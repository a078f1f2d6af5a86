import { follows } from './adoption.ts';
import { contrastFigure, groupsOf, inGroup, pairs } from './contrast.ts';
import type { Cells, Counts } from './counts.ts';
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
  cells: (row) =>
    Object.assign({}, ...SUBGROUPS.map((column) => groupCells(NAMES[column], row[column], row))),
  figures: (counts) =>
    Object.values(NAMES).flatMap((column) => [
      ...parity(counts, column, 'following', ['followed', 'decided']),
      ...parity(counts, column, 'no response', ['silent', 'recorded']),
    ]),
};

function groupCells(column: string, group: string | null, row: Presentation): Cells {
  if (group === null) return {};
  const { response, implied } = row;
  return inGroup(`${column} ${group}`, {
    ...(response !== null && response !== 'deferred' && { decided: 1 }),
    ...(follows(response) && { followed: 1 }),
    ...(!implied && { recorded: 1 }),
    ...(!implied && response === null && { silent: 1 }),
  });
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
