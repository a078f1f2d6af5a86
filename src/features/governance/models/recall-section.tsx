import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { type RecallFound, recallCommand, useRecall } from '#src/state/governance/recall.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';
import { type NameOf, useGovernanceNames } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { saveFile } from '#src/ui/save-file.ts';
import { TwinTable } from '#src/ui/twin-table.tsx';
import classes from '../governance.module.css';
import { failureWords, timeWords, whoMayWords } from '../words.ts';

export interface RecallSectionProps {
  readonly version: RegisteredVersion;
}

/** So many rows are read by anybody on a page; all of them are in the file. */
const SHOWN = 50;

/** Everything that this version touched: whom, who saw it, what was answered, what came of it. */
export function RecallSection({ version }: RecallSectionProps) {
  const { gateway } = useGovernanceDeps();
  const { may } = useRights();
  const recall = useRecall(version);
  if (!may('recall'))
    return <p className={classes.more}>A recall is for {whoMayWords('recall')}.</p>;
  return (
    <section aria-labelledby="recall" className={classes.stack}>
      <h2 className={classes.heading} id="recall">
        Recall
      </h2>
      <p className={classes.more}>
        Everything on this server that this version touched. It names patients, and nothing of it is
        kept here.
      </p>
      <div className={classes.line}>
        <Button disabled={recall.isPending} onClick={() => recall.mutate()}>
          Find what it touched
        </Button>
        <p className={classes.more} role="status">
          {recall.isPending ? recall.progress || 'Reading …' : ''}
        </p>
      </div>
      {recall.error && (
        <Notice alert title="The recall is not complete" tone="error">
          <p>{failureWords(recall.error)}</p>
        </Notice>
      )}
      {recall.data && <Found command={recallCommand(gateway.baseUrl, version)} {...recall.data} />}
    </section>
  );
}

function Found({ recall, gaps, command }: RecallFound & { readonly command: string }) {
  const { rows, exposures, decisions, patients, clinicians, outcomes, responses } = recall;
  const shown = rows.slice(0, SHOWN);
  const nameOf = useGovernanceNames(
    shown.flatMap(({ seenBy, unit }) => [...seenBy, ...(unit === null ? [] : [unit])]),
  );
  const answered = [...responses].map(([word, n]) => `${n} ${word}`).join(', ');
  return (
    <>
      {gaps.length > 0 && (
        <Notice title="Not all of it was read" tone="warning">
          <p>{gaps.join(' ')}</p>
          <p>
            The command line reads all: <code>{command}</code>
          </p>
        </Notice>
      )}
      <TwinTable
        heads={['What', 'How many']}
        name="What it touched"
        rows={[
          ['Recommendations', String(rows.length)],
          ['Patients', String(patients)],
          ['Displays', String(exposures)],
          ['Answers', answered === '' ? '0' : `${decisions}: ${answered}`],
          ['Clinicians', String(clinicians)],
          ['Outcomes, by the rules that this page knows', String(outcomes)],
        ].map((cells) => ({ key: cells[0] ?? '', cells }))}
      />
      <div className={classes.line}>
        <Button
          disabled={rows.length === 0}
          onClick={() => saveFile('recall.ndjson', 'application/x-ndjson', asLines(rows))}
        >
          Download the list (identifies patients)
        </Button>
      </div>
      <p className={classes.more}>
        With the outcomes by the site’s own rules: <code>{command} --settings FILE</code>
      </p>
      {rows.length > 0 && <Rows nameOf={nameOf} rows={shown} total={rows.length} />}
    </>
  );
}

type Row = RecallFound['recall']['rows'][number];

const asLines = (rows: readonly Row[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

interface RowsProps {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly nameOf: NameOf;
}

function Rows({ rows, total, nameOf }: RowsProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it
    <section aria-label={`${rows.length} of ${total}`} className={classes.wide} tabIndex={0}>
      <TwinTable
        heads={['Recommendation', 'Patient', 'When', 'Where', 'Seen by', 'Answers']}
        name={`Touched: ${rows.length} of ${total} recommendations`}
        rows={rows.map((row) => ({
          key: row.recommendation,
          cells: [
            lastPart(row.recommendation),
            row.patient === null ? '' : lastPart(row.patient),
            row.firedAt === null ? '' : timeWords(new Date(row.firedAt).toISOString()),
            row.unit === null ? '' : nameOf(row.unit),
            row.seenBy.map(nameOf).join(', '),
            row.answers.map(({ response }) => response ?? 'unknown').join(', '),
          ],
        }))}
        words
      />
    </section>
  );
}

const lastPart = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
