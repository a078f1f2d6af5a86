import { useEffect, useRef } from 'react';
import type { ChartPatient } from '../readers/patient.ts';
import styles from './sandbox-tools.module.css';

export interface ToolSettings {
  readonly crossSite: boolean;
}

interface SandboxToolsProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly patient: ChartPatient | undefined;
  readonly settings: ToolSettings;
  readonly onSettings: (settings: ToolSettings) => void;
}

/** What a real EHR does not have: knobs for the sandbox, and a look at what was really written. */
export function SandboxTools({ open, onClose, settings, onSettings }: SandboxToolsProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={styles.drawer} aria-labelledby="tools" onClose={onClose}>
      <header>
        <h2 id="tools">Sandbox tools</h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </header>
      <label>
        <input
          type="checkbox"
          checked={settings.crossSite}
          onChange={(event) => onSettings({ ...settings, crossSite: event.target.checked })}
        />{' '}
        Frame the app cross-site
      </label>
    </dialog>
  );
}
