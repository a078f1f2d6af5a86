import { useEffect, useRef } from 'react';
import { otherLoopback } from '../api.ts';
import type { ChartPatient } from '../readers/patient.ts';
import { useSession } from '../session.tsx';
import { FaultTools } from './fault-tools.tsx';
import styles from './sandbox-tools.module.css';
import { Segmented } from './segmented.tsx';
import { WrittenFeedback } from './written-feedback.tsx';

export type Theme = 'system' | 'light' | 'dark';

export interface ToolSettings {
  readonly crossSite: boolean;
  readonly theme: Theme;
}

interface SandboxToolsProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly patient: ChartPatient | undefined;
  readonly settings: ToolSettings;
  readonly onSettings: (settings: ToolSettings) => void;
}

/** What a real EHR does not have: knobs for the sandbox, and a look at what was really written. */
export function SandboxTools({ open, onClose, patient, settings, onSettings }: SandboxToolsProps) {
  const { sandbox } = useSession();
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
      <p className={styles.facts}>
        Scenario {sandbox.scenario ?? 'not named'}, behaves as {sandbox.vendor ?? 'strict'}
      </p>
      {open && (
        <>
          <section aria-labelledby="written">
            <h3 id="written">What was written</h3>
            <WrittenFeedback patient={patient} />
          </section>
          <section aria-labelledby="faults">
            <h3 id="faults">Faults</h3>
            <FaultTools />
          </section>
          <section aria-labelledby="framing">
            <h3 id="framing">Framing</h3>
            <p>
              Cross-site, the app comes from {otherLoopback()}: another site to the browser, which
              then keeps storage from it. Charts that are open launch the app anew.
            </p>
            <Segmented
              label="Framing"
              value={settings.crossSite ? 'cross' : 'same'}
              options={[
                ['same', 'As registered'],
                ['cross', 'Cross-site'],
              ]}
              onChange={(value) => onSettings({ ...settings, crossSite: value === 'cross' })}
            />
          </section>
          <section aria-labelledby="colours">
            <h3 id="colours">Colours of this page</h3>
            <Segmented
              label="Colours of this page"
              value={settings.theme}
              options={[
                ['system', 'As the system'],
                ['light', 'Light'],
                ['dark', 'Dark'],
              ]}
              onChange={(theme) => onSettings({ ...settings, theme })}
            />
          </section>
        </>
      )}
    </dialog>
  );
}
