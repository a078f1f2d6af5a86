import { useState } from 'react';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import classes from './dashboard-screen.module.css';

export interface SignInScreenProps {
  readonly servers: readonly { readonly iss: string; readonly label: string }[];
  /** Why the last sign-in did not come about. */
  readonly refused: string | undefined;
  readonly synthetic: boolean;
  /** Leaves the page. Resolves with words where it could not. */
  readonly onSignIn: (iss: string) => Promise<string>;
}

/** Figures are for who may see them: the dashboard opens with a sign-in, and without a patient. */
export function SignInScreen({ servers, refused, synthetic, onSignIn }: SignInScreenProps) {
  const [problem, setProblem] = useState(refused ?? '');
  return (
    <main className={classes.page}>
      <title>Dashboard</title>
      <header className={classes.header}>
        <h1 className={classes.title}>AI recommendations: what clinicians do with them</h1>
        {synthetic && (
          <p className={classes.synthetic}>Synthetic data: every patient is invented.</p>
        )}
        <p className={classes.where}>
          Sign in to the server that holds the figures. No patient is opened, and the address keeps
          the view that you were sent.
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
        <div className={classes.actions}>
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
