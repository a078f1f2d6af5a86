import { findReason } from '#src/domain/reasons.ts';
import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import {
  type Behind,
  MOST_DECISIONS,
  useDecisions,
  useRights,
} from '#src/state/dashboard/decisions.ts';
import type { Period } from '#src/state/dashboard/deps.ts';
import { type Names, useNames } from '#src/state/use-names.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { TwinTable } from '#src/ui/twin-table.tsx';
import classes from './dashboard-screen.module.css';
import { roleWords } from './role-words.ts';
import { Failed } from './view-gate.tsx';
import { dayWords } from './words.ts';

export interface DecisionsScreenProps {
  readonly period: Period;
  readonly behind: Behind;
  readonly onBack: () => void;
}

const TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** The answers behind a mark, one by one. Clinicians stand as their role. */
export function DecisionsScreen({ period, behind, onBack }: DecisionsScreenProps) {
  const rights = useRights();
  const { data, error, isPending } = useDecisions(period, behind);
  const forbidden =
    !rights.decisions ||
    (typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'forbidden');
  const names = useNames(
    named(behind.model, ...(data?.rows ?? []).map((row) => row.model_id)),
    named(behind.unit, ...(data?.rows ?? []).map((row) => row.unit)),
  );
  const chosen = [
    behind.model && names.modelVersion(behind.model, behind.version),
    behind.unit && names.unit(behind.unit),
    reasonWords(behind.reason),
  ].filter((one) => one !== undefined);
  return (
    <main className={classes.page}>
      <title>Decisions</title>
      <header className={page.header}>
        <h1 className={page.title}>Decisions behind this mark</h1>
        <p className={classes.where}>
          {dayWords(period.from)} – {dayWords(period.until)}
          {chosen.length > 0 && ` · ${chosen.join(', ')}`}
        </p>
      </header>
      <div className={page.actions}>
        <Button onClick={onBack}>Back to the dashboard</Button>
      </div>
      {forbidden && (
        <Notice title="You do not have the right to see individual decisions" tone="warning">
          <p>The counts are all that this sign-in may see. They are complete without this list.</p>
        </Notice>
      )}
      {!forbidden && error && <Failed error={error} />}
      {!forbidden && isPending && <p role="status">Looking for them …</p>}
      {data && (
        <>
          <p className={classes.where} role="status">
            {data.rows.length === 0 ? 'None is found.' : `${data.rows.length} found.`}
            {data.capped &&
              ` Only the newest ${MOST_DECISIONS} answers of these dates were looked through; there are more.`}
          </p>
          {data.rows.length > 0 && (
            <div className={classes.wide}>
              <TwinTable
                heads={[
                  'Time',
                  'Answer',
                  'Reason',
                  'Unit',
                  'By',
                  'Model',
                  ...(rights.patients ? ['Patient'] : []),
                ]}
                name="Decisions"
                words
                rows={data.rows.map((row) => ({
                  key: row.decision_id,
                  cells: cellsOf(row, names, rights.patients),
                }))}
              />
            </div>
          )}
        </>
      )}
    </main>
  );
}

/** Each once and in one order: names are read once for a list, however it is sorted. */
const named = (...all: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(all.flatMap((one) => one ?? []))].toSorted();

const RESPONSE_WORDS: Readonly<Record<string, string>> = {
  'accepted-modified': 'accepted with changes',
};

const reasonWords = (code: string | null | undefined): string | undefined =>
  code == null ? undefined : (findReason(code)?.label ?? code);

const cellsOf = (row: DecisionRow, names: Names, patient: boolean) => [
  row.decided_at === null ? 'not exact' : TIME.format(row.decided_at),
  RESPONSE_WORDS[row.response] ?? row.response,
  reasonWords(row.reason_code) ?? '',
  row.unit === null ? '' : names.unit(row.unit),
  row.clinician_role === null ? 'Clinician' : roleWords(row.clinician_role),
  row.model_id === null ? '' : names.modelVersion(row.model_id, row.model_version ?? undefined),
  ...(patient ? [row.patient_id ?? ''] : []),
];
