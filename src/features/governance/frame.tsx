import type { ReactNode } from 'react';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import page from '#src/ui/page.module.css';
import { SyntheticNote } from '#src/ui/synthetic-note.tsx';
import classes from './governance.module.css';
import { useNavigation } from './navigation.ts';
import { failureWords, roleWords } from './words.ts';

export interface FrameProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Head of every screen of governance: where one is, as what, and where else one can go. */
export function Frame({ title, children }: FrameProps) {
  const { config, serverLabel, person } = useGovernanceDeps();
  const { toRegistry, toWorklist, toIncidents, toComments, toReviews } = useNavigation();
  const { roles } = useRights();
  return (
    <main className={classes.page}>
      <title>{title}</title>
      <header className={page.header}>
        <h1 className={page.title}>{title}</h1>
        <p className={classes.more}>
          {config.siteName} · {serverLabel}
          {roles !== undefined && ` · you act as ${roles.map(roleWords).join(', ') || 'nobody'}`}
        </p>
        {config.synthetic && <SyntheticNote />}
      </header>
      <nav aria-label="Governance">
        <ul className={classes.nav}>
          <li>
            <Button look="quiet" onClick={toRegistry}>
              Models
            </Button>
          </li>
          <li>
            <Button look="quiet" onClick={toWorklist}>
              Worklist
            </Button>
          </li>
          <li>
            <Button look="quiet" onClick={toIncidents}>
              Safety reports
            </Button>
          </li>
          <li>
            <Button look="quiet" onClick={toComments}>
              What clinicians said
            </Button>
          </li>
          <li>
            <Button look="quiet" onClick={toReviews}>
              Reviews
            </Button>
          </li>
          <li>
            <a className={classes.link} href="?page=dashboard">
              Dashboard
            </a>
          </li>
        </ul>
      </nav>
      {person.reference === undefined && (
        <Notice title="You can look, and attest nothing" tone="warning">
          <p>The sign-in names no practitioner; every act here is recorded with who did it.</p>
        </Notice>
      )}
      {roles === undefined && (
        <p className={classes.more}>
          This site has given out no roles: whoever can sign in here may do whatever the server
          allows them. The page hides what a role may not do; only the server can refuse it.
        </p>
      )}
      {children}
    </main>
  );
}

export function Failed({ error }: { readonly error: unknown }) {
  return (
    <Notice alert title="This could not be read" tone="error">
      <p>{failureWords(error)}</p>
    </Notice>
  );
}
