import { useState } from 'react';
import { type ExportChoice, useExportDeps, type WrittenPackage } from '#src/state/export-deps.ts';
import { useExport } from '#src/state/use-export.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { saveFile } from '#src/ui/save-file.ts';
import { SyntheticNote } from '#src/ui/synthetic-note.tsx';
import { ChoiceForm } from './choice-form.tsx';
import classes from './export.module.css';
import { Preview } from './preview.tsx';
import { missingIn, PROFILE_WORDS, usualChoice } from './words.ts';

/** What changes the rows; formats and purpose change only how and why they leave. */
const OF_ROWS: readonly (keyof ExportChoice)[] = [
  'from',
  'until',
  'profile',
  'freeText',
  'settings',
];

/** Choose, count, look, export. */
export function ExportScreen() {
  const { config, serverLabel, clock } = useExportDeps();
  const [choice, setChoice] = useState(() => usualChoice(clock.now()));
  const { step, count, write, changed } = useExport();
  const missing = missingIn(choice);
  const busy = step.at === 'working';
  const counted = step.at === 'choosing' ? undefined : step.counted;
  const change = (part: Partial<ExportChoice>) => {
    setChoice({ ...choice, ...part });
    changed(OF_ROWS.some((name) => name in part));
  };
  return (
    <main className={classes.page}>
      <title>Research export</title>
      <header className={page.header}>
        <h1 className={page.title}>Research export</h1>
        {config.synthetic && <SyntheticNote />}
        <p className={classes.more}>
          Answers to AI recommendations on {serverLabel}, as documented tables in one file. None of
          them stays on this device but what you download.
        </p>
      </header>
      <ChoiceForm busy={busy} choice={choice} onChange={change} />
      <div className={classes.line}>
        <Button
          disabled={busy || missing !== undefined}
          look="large"
          onClick={() => void count(choice)}
        >
          Count
        </Button>
        <Button
          disabled={busy || missing !== undefined || !counted || step.at === 'ready'}
          look="large"
          onClick={() => counted && void write(choice, counted)}
        >
          Export
        </Button>
        <p className={classes.more} role="status">
          {step.at === 'working' ? step.words : (missing ?? NEXT[step.at])}
        </p>
      </div>
      {step.at === 'failed' && (
        <Notice alert title="There is no export" tone="error">
          <p>{step.words}</p>
        </Notice>
      )}
      {step.at === 'ready' && <Download choice={choice} written={step.written} />}
      {counted && <Preview {...counted} />}
    </main>
  );
}

const NEXT = {
  choosing: 'Count first: it reads the server and writes nothing.',
  counted: 'Look at the rows, then export. Your name and purpose are recorded on the server.',
  ready: 'The package is ready, and its export is recorded.',
  failed: '',
};

const MEGA = 1_000_000;

function Download({
  choice: { profile, freeText },
  written: { zip, files },
}: {
  readonly choice: ExportChoice;
  readonly written: WrittenPackage;
}) {
  const size = `${(zip.size / MEGA).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
  return (
    <Notice
      actions={
        <Button
          look="large"
          onClick={() => saveFile(`clinician-feedback-${profile}.zip`, 'application/zip', zip)}
        >
          Download
        </Button>
      }
      title={`${PROFILE_WORDS[profile].name} package: ${files} files, ${size}`}
      tone={profile === 'deidentified' ? 'info' : 'warning'}
    >
      <p>
        {freeText
          ? 'It holds what people typed, which identifies: keep it where patient records are kept.'
          : PROFILE_WORDS[profile].removes}
      </p>
    </Notice>
  );
}
