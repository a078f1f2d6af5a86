import { useState } from 'react';
import {
  byGroup,
  type CheckResult,
  countChecks,
  countsInWords,
} from '#src/domain/connection/check.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { SyntheticNote } from '#src/ui/synthetic-note.tsx';
import { CheckTable } from './check-table.tsx';
import type { ConnectionProps } from './connection-props.ts';
import classes from './connection-screen.module.css';
import { ReportSection } from './report-section.tsx';
import { type CheckRun, useCheckRun } from './use-check-run.ts';
import { WriteSection } from './write-section.tsx';

/** For informatics: what a server says it can do, what it really does, and the cure. */
export function ConnectionScreen(props: ConnectionProps) {
  const { issuers, signedIn, refused, synthetic, onSignIn } = props;
  const [iss, setIss] = useState(signedIn?.iss ?? issuers[0]?.iss ?? '');
  const [problem, setProblem] = useState(refused ?? '');
  const run = useCheckRun(props.run);
  const here = signedIn?.iss === iss ? signedIn : undefined;
  return (
    <main className={classes.page}>
      <title>Connection check</title>
      <h1 className={classes.title}>Connection check</h1>
      {synthetic && <SyntheticNote />}
      {issuers.length === 0 ? (
        <Notice title="No EHR is configured" tone="warning">
          <p>Add yours to issuers in config.json, and reload.</p>
        </Notice>
      ) : (
        <>
          <IssuerChoice disabled={run.running} iss={iss} issuers={issuers} onChoose={setIss} />
          {problem !== '' && (
            <Notice alert title="The sign-in did not come about" tone="error">
              <p>{problem}</p>
            </Notice>
          )}
          <p>
            {here
              ? `Signed in${here.patientName ? `, with ${here.patientName} open` : ', without a patient'}. Nothing is written unless you ask for it below.`
              : 'Not signed in: only what anybody may ask is checked. Sign in as a clinician, and choose a test patient.'}
          </p>
          <div className={page.actions}>
            <Button disabled={run.running} look="large" onClick={() => run.start(iss, false)}>
              {here ? 'Run the checks that only read' : 'Check without signing in'}
            </Button>
            <Button
              disabled={run.running}
              look="large"
              onClick={() => void onSignIn(iss).then(setProblem)}
              tone="plain"
            >
              {here ? 'Sign in again' : 'Sign in'}
            </Button>
          </div>
          {here?.canWrite && here.patientName !== undefined && (
            <WriteSection
              disabled={run.running}
              onWrite={() => run.start(iss, true)}
              patientName={here.patientName}
            />
          )}
          <Findings run={run} />
        </>
      )}
    </main>
  );
}

interface IssuerChoiceProps extends Pick<ConnectionProps, 'issuers'> {
  readonly iss: string;
  readonly disabled: boolean;
  readonly onChoose: (iss: string) => void;
}

function IssuerChoice({ issuers, iss, disabled, onChoose }: IssuerChoiceProps) {
  return (
    <fieldset className={classes.issuers} disabled={disabled}>
      <legend>EHR</legend>
      {issuers.map((one) => (
        <label className={classes.issuer} key={one.iss}>
          <input
            checked={one.iss === iss}
            name="iss"
            onChange={() => onChoose(one.iss)}
            type="radio"
            value={one.iss}
          />
          <span>
            {one.label} <span className={classes.address}>{one.iss}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The way to what needs somebody, past all that is well. */
function ToDo({ results }: { readonly results: readonly CheckResult[] }) {
  const found = results.filter(({ status }) => status === 'fail' || status === 'warn');
  if (found.length === 0) return null;
  return (
    <nav aria-label="What needs attention">
      <ul>
        {found.map(({ id, title, status }) => (
          <li key={id}>
            <a href={`#${id}`}>
              {status === 'fail' ? 'Failed' : 'Warning'}: {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Findings({ run }: { readonly run: CheckRun }) {
  const { results, running, report } = run;
  const counts = countsInWords(countChecks(results));
  return (
    <>
      <p className={classes.summary} role="status">
        {running ? `Checking … ${results.length} done` : report ? `${counts}.` : ''}
      </p>
      {report && <ToDo results={results} />}
      {byGroup(results).map((group) => (
        <CheckTable key={group.group} {...group} />
      ))}
      {report && <ReportSection report={report} />}
    </>
  );
}
