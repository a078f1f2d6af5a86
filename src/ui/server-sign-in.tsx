import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import classes from './page.module.css';
import { SyntheticNote } from './synthetic-note.tsx';

export interface ServerSignInProps {
  readonly servers: readonly { readonly iss: string; readonly label: string }[];
  /** Why the last sign-in did not come about. */
  readonly refused: string | undefined;
  readonly synthetic: boolean;
  /** Leaves the page. Resolves with words where it could not. */
  readonly onSignIn: (iss: string) => Promise<string>;
}

export interface ServerSignInWords {
  /** Of the window. */
  readonly title: string;
  readonly heading: string;
  /** What one signs in for. */
  readonly children: ReactNode;
  /** Of the page. */
  readonly className: string | undefined;
}

/** A page before its own sign-in: one button for each server. */
export function ServerSignIn(props: ServerSignInProps & ServerSignInWords) {
  const { title, heading, children, className, servers, refused, synthetic, onSignIn } = props;
  const [problem, setProblem] = useState(refused ?? '');
  return (
    <main className={className}>
      <title>{title}</title>
      <header className={classes.header}>
        <h1 className={classes.title}>{heading}</h1>
        {synthetic && <SyntheticNote />}
        {children}
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
