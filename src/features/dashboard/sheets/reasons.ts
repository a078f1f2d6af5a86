import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { total } from '#src/domain/metrics/counts.ts';
import { findReason, ownerOf, type ReasonOwner } from '#src/domain/reasons.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import type { Row, Sheet } from './sheet.ts';

/** Who can change something about it, as a committee calls them. */
export const OWNER_WORDS: Readonly<Record<ReasonOwner, string>> = {
  'model-owner': 'Model owner',
  'trigger-logic': 'Trigger logic',
  'data-quality': 'Data quality',
  'review-queue': 'Clinical review',
  usability: 'Usability',
  routing: 'Routing',
  defer: 'Timing',
  operations: 'Operations',
  incident: 'Incident process',
  triage: 'Not yet routed',
  none: 'Patient’s own choice',
};

const REASON = 'reason ';

/** Why clinicians overrode, by who can act on it: the largest owner first, then its commonest reason. */
export function reasonSheet({ by, counts }: SelectedView): Sheet {
  const whole = regroup(counts, by, [], { clusterBy: 'unit' });
  const own = [...whole.values()][0]?.counts ?? new Map();
  const found = entryOf('reasons').figures(whole, [])[0]?.figures ?? [];
  const rows = found.flatMap((figure): Row[] => {
    const isNone = figure.name === 'no reason of overridden';
    if (!isNone && !figure.name.startsWith(REASON)) return [];
    const code = figure.name.slice(REASON.length);
    const count = figure.numerator ?? 0;
    if (count === 0) return [];
    return [
      {
        key: isNone ? 'no reason' : code,
        label: isNone ? 'No reason given' : (findReason(code)?.label ?? code),
        group: isNone ? 'Nobody to send it to' : OWNER_WORDS[ownerOf(code)],
        parts: [count],
        figures: [figure],
        ...(!isNone && { behind: { reason: code } }),
      },
    ];
  });
  const size = (group: string | undefined): number =>
    rows.reduce((sum, row) => sum + (row.group === group ? (row.parts[0] ?? 0) : 0), 0);
  return {
    rowsAre: 'Reason',
    parts: ['Overrides'],
    figures: ['Share of overrides'],
    rows: rows.toSorted(
      (a, b) =>
        size(b.group) - size(a.group) ||
        (a.group ?? '').localeCompare(b.group ?? '') ||
        (b.parts[0] ?? 0) - (a.parts[0] ?? 0),
    ),
    sums: [total(own, 'overridden')],
  };
}
