import type { ChartChange } from '#src/domain/recommendation.ts';
import { formatAge } from '#src/ui/format/age.ts';
import { formatShortTime } from '#src/ui/format/date-time.ts';
import { formatValue, viewAbnormality } from '#src/ui/format/quantity.ts';
import { clipText } from '#src/ui/format/text.ts';
import classes from './chart-changes.module.css';

export interface ChartChangesProps {
  readonly changes: readonly ChartChange[];
  readonly now: number;
}

const valueWords = ({ value, abnormality }: ChartChange): string => {
  if (!value) return '';
  const { mark } = viewAbnormality(abnormality ?? 'unknown');
  return ` ${clipText(formatValue(value), 120)}${mark ? ` ${mark}` : ''}`;
};

/** What the model could not know: it happened after the recommendation was made. */
export function ChartChanges({ changes, now }: ChartChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section className={classes.changes}>
      <h3 className={classes.heading}>New since it was produced</h3>
      <ul className={classes.list}>
        {changes.map((change) => (
          <li key={`${change.ref.type}/${change.ref.id}`}>
            <span className={classes.what}>
              {clipText(change.label, 120)}
              <strong>{valueWords(change)}</strong>
            </span>
            <span className={classes.when} title={formatAge(change.at, now).exact}>
              {formatShortTime(change.at, now)}
            </span>
            <span className={classes.why}>{clipText(change.watch, 120)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
