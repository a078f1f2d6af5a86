import type { Counted, TablePreview } from '#src/state/export-deps.ts';
import { Notice } from '#src/ui/notice.tsx';
import { TwinTable } from '#src/ui/twin-table.tsx';
import classes from './export.module.css';

const inDigits = (rows: number): string => rows.toLocaleString('en');

/** What would be written: rows by table, what is not as one would think, and the first rows. */
export function Preview({ tables, warnings }: Counted) {
  return (
    <section aria-label="What would be exported" className={classes.section}>
      <h2 className={classes.heading}>What would be exported</h2>
      {warnings.length > 0 && (
        <Notice title="Read this before you export" tone="warning">
          <ul className={classes.warnings}>
            {warnings.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Notice>
      )}
      <TwinTable
        heads={['Table', 'Rows']}
        name="Rows by table"
        rows={tables.map(({ name, rows }) => ({ key: name, cells: [name, inDigits(rows)] }))}
      />
      <h3 className={classes.heading}>Some rows of each table, as they would be written</h3>
      {tables
        .filter(({ rows }) => rows > 0)
        .map((table) => (
          <SomeRows key={table.name} table={table} />
        ))}
    </section>
  );
}

function SomeRows({
  table: { name, grain, rows, columns, first },
}: {
  readonly table: TablePreview;
}) {
  const label = `${name}: ${first.length} of ${inDigits(rows)} rows`;
  return (
    <details>
      <summary className={classes.summary}>{label}</summary>
      <p className={classes.more}>One row: {grain}.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
      <section aria-label={label} className={classes.wide} tabIndex={0}>
        <TwinTable
          heads={columns}
          name={`Some rows of ${name}`}
          rows={first.map((cells) => ({ key: JSON.stringify(cells), cells }))}
          words
        />
      </section>
    </details>
  );
}
