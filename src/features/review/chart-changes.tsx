import type { ChartChange } from '#src/domain/recommendation.ts';
import { formatAge } from '#src/ui/format/age.ts';
import { formatShortTime } from '#src/ui/format/date-time.ts';
import { formatValue, viewAbnormality } from '#src/ui/format/quantity.ts';
import { clipText, keepTogether } from '#src/ui/format/text.ts';
import { type ChangeRow, changeRows } from './change-rows.ts';
import classes from './chart-changes.module.css';

export interface ChartChangesProps {
  readonly changes: readonly ChartChange[];
  readonly now: number;
}

/** What it was: the drug and its dose, the test and its result. */
function whatOf({ label, watch, value, abnormality }: ChartChange): string {
  // "Newer lactate" need not be followed by "Lactate".
  const named = watch.toLowerCase().includes(label.toLowerCase());
  const { mark } = viewAbnormality(abnormality ?? 'unknown');
  return [
    named ? '' : clipText(label, 120),
    value ? clipText(keepTogether(formatValue(value)), 120) : '',
    mark,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function Row({ row: { change, ordered }, now }: { row: ChangeRow; now: number }) {
  const time = formatShortTime(change.at, now);
  const words = ordered ? `ordered ${formatShortTime(ordered.at, now)}, given ${time}` : time;
  return (
    <li>
      <span className={classes.what}>
        <strong>{clipText(change.watch, 120)}</strong> {whatOf(change)}
      </span>
      <span className={classes.when} title={formatAge(change.at, now).exact}>
        {words}
      </span>
    </li>
  );
}

/** What the model could not know: it happened after the recommendation was made. */
export function ChartChanges({ changes, now }: ChartChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section className={classes.changes}>
      <h3 className={classes.heading}>New since it was produced</h3>
      <ul className={classes.list}>
        {changeRows(changes).map((row) => (
          <Row key={`${row.change.ref.type}/${row.change.ref.id}`} now={now} row={row} />
        ))}
      </ul>
    </section>
  );
}
