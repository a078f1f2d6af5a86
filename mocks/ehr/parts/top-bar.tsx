import type { Dispatch } from 'react';
import { bannerName } from '../readers/patient.ts';
import { type Desk, type DeskAction, useSession } from '../session.tsx';
import { BrandMark } from './brand-mark.tsx';
import styles from './top-bar.module.css';

interface TopBarProps {
  readonly desk: Desk;
  readonly dispatch: Dispatch<DeskAction>;
  readonly onTools: () => void;
  readonly onSignOut: () => void;
}

/** Whose work is the app itself, and not one patient. */
const INFORMATICS = /informatics/i;

export function TopBar({ desk, dispatch, onTools, onSignOut }: TopBarProps) {
  const { clinician, sandbox } = useSession();
  const [app] = sandbox.apps;
  const current = (patientId: string | undefined) =>
    desk.active === patientId ? ('page' as const) : undefined;
  return (
    <header className={styles.bar}>
      <div className={styles.brand}>
        <BrandMark size={24} />
        <h1>Sandbox EHR</h1>
      </div>
      <nav className={styles.tabs} aria-label="Open charts">
        <button
          type="button"
          className={styles.tab}
          aria-current={current(undefined)}
          onClick={() => dispatch({ type: 'show', patientId: undefined })}
        >
          Patient list
        </button>
        {desk.charts.map(({ patient }) => (
          <span key={patient.id} className={styles.chart} data-active={desk.active === patient.id}>
            <button
              type="button"
              className={styles.tab}
              aria-current={current(patient.id)}
              onClick={() => dispatch({ type: 'show', patientId: patient.id })}
            >
              {bannerName(patient)}
            </button>
            <button
              type="button"
              className={styles.close}
              aria-label={`Close chart of ${patient.name}`}
              onClick={() => dispatch({ type: 'close', patientId: patient.id })}
            >
              <span aria-hidden="true">×</span>
            </button>
          </span>
        ))}
      </nav>
      <div className={styles.user}>
        <span className={styles.who}>
          <strong>{clinician.name}</strong>
          <span>{clinician.role}</span>
        </span>
        {app && INFORMATICS.test(clinician.role) && (
          <a className={styles.action} href={app.dashboard} target="_blank" rel="noreferrer">
            AI dashboard
          </a>
        )}
        <button type="button" className={styles.action} onClick={onTools}>
          Sandbox tools
        </button>
        <button type="button" className={styles.action} onClick={onSignOut}>
          Sign out
        </button>
      </div>
    </header>
  );
}
