import type { ChangeRow } from '#src/domain/tables/changes.ts';
import { useChanges } from '#src/state/dashboard/changes.ts';
import type { DashboardFilter } from '#src/state/dashboard/filter.ts';
import { type Names, useNames } from '#src/state/use-names.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { TwinTable } from '#src/ui/twin-table.tsx';
import { ChangeForm } from './change-form.tsx';
import classes from './dashboard-screen.module.css';
import { Failed } from './view-gate.tsx';
import { dayWords } from './words.ts';

export interface ChangesScreenProps {
  readonly filter: DashboardFilter;
  readonly onBack: () => void;
}

/** What was changed about models, when and to what: the numbers on every time axis. */
export function ChangesScreen({ filter, onBack }: ChangesScreenProps) {
  const { data, error } = useChanges();
  const names = useNames(named(data), []);
  return (
    <main className={classes.page}>
      <title>Change log</title>
      <header className={page.header}>
        <h1 className={page.title}>Change log</h1>
        <p className={classes.where}>
          Every chart over time carries these numbers where something was changed.
        </p>
      </header>
      <div className={page.actions}>
        <Button onClick={onBack}>Back to the dashboard</Button>
      </div>
      {error && !data && <Failed error={error} />}
      {data?.length === 0 && (
        <Notice title="No change is logged" tone="info">
          <p>A new version, a threshold, another interface or policy: add it below.</p>
        </Notice>
      )}
      {data && data.length > 0 && (
        <div className={classes.wide}>
          <TwinTable
            heads={['No.', 'From', 'Kind', 'Model', 'Before', 'After', 'In words']}
            name="Change log"
            words
            rows={data.map((row, at) => ({
              key: row.change_id,
              cells: cellsOf(row, names, at + 1),
            }))}
          />
        </div>
      )}
      <ChangeForm model={filter.model} />
    </main>
  );
}

const named = (rows: readonly ChangeRow[] = []): readonly string[] =>
  [...new Set(rows.flatMap(({ model_id }) => model_id ?? []))].toSorted();

const cellsOf = (row: ChangeRow, names: Names, number: number) => [
  String(number),
  row.changed_at === null ? '' : dayWords(new Date(row.changed_at).toISOString().slice(0, 10)),
  row.kind,
  row.model_id === null ? '' : names.modelApart(row.model_id),
  row.from_value ?? '',
  row.to_value ?? '',
  row.description ?? '',
];
