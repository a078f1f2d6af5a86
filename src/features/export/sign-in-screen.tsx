import { useState } from 'react';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import classes from './export.module.css';

export interface SignInScreenProps {
  readonly servers: readonly { readonly iss: string; readonly label: string }[];
  /** Why the last sign-in did not come about. */
  readonly refused: string | undefined;
  readonly synthetic: boolean;
  /** Leaves the page. Resolves with words where it could not. */
  readonly onSignIn: (iss: string) => Promise<string>;
}

/** Who exports is recorded, so the page begins with a sign-in, and without a patient. */
export function SignInScreen({ servers, refused, synthetic, onSignIn }: SignInScreenProps) {
  const [problem, setProblem] = useState(refused ?? '');
  return (
    <main className={classes.page}>
      <title>Research export</title>
      <header className={classes.header}>
        <h1 className={classes.title}>Research export</h1>
        {synthetic && (
          <p className={classes.synthetic}>Synthetic data: every patient is invented.</p>
        )}
        <p className={classes.more}>
          Sign in to the server that holds the answers. No patient is opened. Every export is
          recorded there with your name.
        </p>
      </header>
      {problem !== '' && (
        <Notice alert title="The sign-in did not come about" tone="error">
          <p>{problem}</p>
        </Notice>
      )}
      {servers.length === 0 ? (
        <Notice title="No EHR is configured" tone="warning">
          <p>Add yours to issuers in config.json, and reload.</p>
        </Notice>
      ) : (
        <div className={classes.line}>
          {servers.map(({ iss, label }) => (
            <Button key={iss} look="large" onClick={() => void onSignIn(iss).then(setProblem)}>
              Sign in to {label}
            </Button>
          ))}
        </div>
      )}
    </main>
  );
}
