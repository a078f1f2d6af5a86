import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { cellOfGroups, groupsOf } from '#src/domain/metrics/contrast.ts';
import { EMPTY } from '#src/domain/metrics/counts.ts';
import type { Grouping } from '#src/state/dashboard/filter.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import type { Row, Sheet } from './sheet.ts';

/** What is to be alike for every group of patients. */
export interface Parity {
  /** Of the catalogue. */
  readonly metric: 'equity' | 'outcome-equity';
  /** How its figures begin. */
  readonly figure: string;
  /** Names of the cells. */
  readonly above: string;
  readonly below: string;
  readonly parts: readonly [head: string, rest: string];
  readonly total: string;
}

/** Outcomes name groups by the columns of their table. */
const COLUMNS: Readonly<Record<Grouping, string>> = {
  age: 'age_band',
  sex: 'sex',
  race: 'race_ethnicity',
  language: 'language',
  payer: 'payer',
};

/** Each group of patients against the largest. */
export function equitySheet(
  { by, counts }: SelectedView,
  grouping: Grouping,
  { metric, figure, above, below, parts, total }: Parity,
): Sheet {
  const column = metric === 'equity' ? grouping : COLUMNS[grouping];
  const whole = regroup(counts, by, []);
  const own = [...whole.values()][0]?.counts ?? EMPTY;
  const found = entryOf(metric).figures(whole, [])[0]?.figures ?? [];
  const groups = groupsOf(own, below).filter(([name]) => name.startsWith(`${column} `));
  const [reference] = groups;
  const bare = (name: string): string => name.slice(column.length + 1);
  const rows = groups.map(([name, n], at): Row => {
    const [met = 0] = cellOfGroups(own, [name], above);
    const ratio = found.find((one) => one.name.startsWith(`${figure}, ${name} to `));
    return {
      key: name,
      label: bare(name),
      group: at === 0 ? 'largest group: held against' : `to ${bare(reference?.[0] ?? '')}`,
      parts: [met, n - met],
      total: n,
      figures: [ratio],
    };
  });
  return {
    rowsAre: 'Group',
    parts,
    total,
    figures: ['Ratio to the largest group'],
    // Bands of age have an order of their own; of others the largest comes first.
    rows: grouping === 'age' ? rows.toSorted((a, b) => (a.label < b.label ? -1 : 1)) : rows,
  };
}
