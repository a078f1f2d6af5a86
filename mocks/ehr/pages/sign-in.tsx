import { useState } from 'react';
import type { Clinician, SandboxState } from '../api.ts';
import { BrandMark } from '../parts/brand-mark.tsx';
import { SandboxStrip } from '../parts/sandbox-strip.tsx';
import styles from './sign-in.module.css';

interface SignInPageProps {
  readonly sandbox: SandboxState;
  readonly onSignIn: (clinician: Clinician) => Promise<void>;
}

export function SignInPage({ sandbox, onSignIn }: SignInPageProps) {
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const choose = async (clinician: Clinician) => {
    setPending(clinician.practitionerId);
    setFailure(undefined);
    try {
      await onSignIn(clinician);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setPending(undefined);
    }
  };
  return (
    <div className={styles.page}>
      <SandboxStrip />
      <main className={styles.main}>
        <header className={styles.brand}>
          <BrandMark size={40} />
          <div>
            <h1>Sandbox EHR</h1>
            <p>An invented hospital for trying SMART on FHIR apps</p>
          </div>
        </header>
        <section className={styles.box} aria-labelledby="who">
          <h2 id="who">Sign in as</h2>
          {failure !== undefined && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
          <ul className={styles.cards}>
            {sandbox.clinicians.map((clinician) => (
              <li key={clinician.practitionerId}>
                <button
                  type="button"
                  className={styles.card}
                  disabled={pending !== undefined}
                  onClick={() => void choose(clinician)}
                >
                  <span className={styles.initials} aria-hidden="true">
                    {initials(clinician.name)}
                  </span>
                  <span>
                    <span className={styles.name}>{clinician.name}</span>{' '}
                    <span className={styles.role}>{clinician.role}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {sandbox.clinicians.length === 0 && <p>This scenario has no clinicians.</p>}
        </section>
        <p className={styles.fine}>
          No password: nothing here is real. Every patient, clinician and result is made up by a
          program. Do not enter data of real people.
        </p>
      </main>
    </div>
  );
}

function initials(name: string): string {
  const words = name
    .replace(/^(dr|prof|mr|ms|mrs)\.?\s+/i, '')
    .replace(/,.*$/, '')
    .split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}
