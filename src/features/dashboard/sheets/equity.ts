import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { cellOfGroups, groupsOf } from '#src/domain/metrics/contrast.ts';
import { EMPTY } from '#src/domain/metrics/counts.ts';
import type { Grouping } from '#src/state/dashboard-filter.ts';
import type { SelectedView } from '#src/state/use-view.ts';
import type { Row, Sheet } from './sheet.ts';

/** Each group of patients against the largest: is the same advice followed alike. */
export function equitySheet({ by, counts }: SelectedView, grouping: Grouping): Sheet {
  const whole = regroup(counts, by, []);
  const own = [...whole.values()][0]?.counts ?? EMPTY;
  const found = entryOf('equity').figures(whole, [])[0]?.figures ?? [];
  const groups = groupsOf(own, 'decided').filter(([name]) => name.startsWith(`${grouping} `));
  const [reference] = groups;
  const bare = (name: string): string => name.slice(grouping.length + 1);
  const rows = groups.map(([name, decided], at): Row => {
    const [followed = 0] = cellOfGroups(own, [name], 'followed');
    const ratio = found.find((one) => one.name.startsWith(`following, ${name} to `));
    return {
      key: name,
      label: bare(name),
      group: at === 0 ? 'largest group: held against' : `to ${bare(reference?.[0] ?? '')}`,
      parts: [followed, decided - followed],
      total: decided,
      figures: [ratio],
    };
  });
  return {
    rowsAre: 'Group',
    parts: ['Followed', 'Overridden'],
    total: 'Decided',
    figures: ['Ratio of following'],
    // Bands of age have an order of their own; of others the largest comes first.
    rows: grouping === 'age' ? rows.toSorted((a, b) => (a.label < b.label ? -1 : 1)) : rows,
  };
}
