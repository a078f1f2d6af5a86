import { useState } from 'react';
import {
  clockLines,
  readClockLines,
} from '#src/domain/governance/incidents/incident-clock-lines.ts';
import { type ClocksHere, useWriteClocks } from '#src/state/governance/clocks.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { linesOf } from '../proposals/proposal-draft.ts';
import { failureWords } from '../words.ts';

export interface ClocksSectionProps {
  readonly here: ClocksHere;
}

/** How fast reports are worked on here; who may close them may say so, one clock on a line. */
export function ClocksSection({ here }: ClocksSectionProps) {
  const { may } = useRights();
  const lines = clockLines(here);
  return (
    <details>
      <summary className={classes.summary}>Clocks of this site</summary>
      <div className={classes.stack}>
        <p className={classes.more}>
          {here.stored === null
            ? 'Nobody has set them here: these are the ones of the app.'
            : 'Set by this site.'}{' '}
          grave: called unsafe, NCC MERP E to I, moderate harm and more. reached: C and D, or it
          reached a patient. minor: the rest. Clocks run from the report.
        </p>
        {may('close-incident') ? (
          <Setting before={here.stored} key={lines.join('\n')} lines={lines} />
        ) : (
          <ul className={classes.list}>
            {lines.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

interface SettingProps {
  readonly lines: readonly string[];
  readonly before: ClocksHere['stored'];
}

function Setting({ lines, before }: SettingProps) {
  const [text, setText] = useState(lines.join('\n'));
  const write = useWriteClocks();
  const typed = linesOf(text);
  const { problems } = readClockLines(typed);
  return (
    <section aria-label="Set the clocks" className={classes.stack}>
      <TextBox label="One clock on a line" maxLength={4_000} onChange={setText} value={text} />
      {problems.length > 0 && <p className={classes.more}>{problems.join(' ')}</p>}
      <div className={classes.line}>
        <Button
          disabled={problems.length > 0 || write.isPending || typed.join('\n') === lines.join('\n')}
          onClick={() => write.mutate({ lines: typed, before })}
        >
          Set the clocks
        </Button>
      </div>
      {write.error && (
        <Notice alert title="The clocks are not changed" tone="error">
          <p>{failureWords(write.error)}</p>
        </Notice>
      )}
    </section>
  );
}
