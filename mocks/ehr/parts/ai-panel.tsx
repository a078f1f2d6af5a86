import { useCallback, useState } from 'react';
import { launchAddress, type SmartApp } from '../api.ts';
import { type OpenChart, type PanelWidth, useSession } from '../session.tsx';
import { useLoad } from '../use-load.ts';
import styles from './ai-panel.module.css';
import { Notice } from './notice.tsx';
import { Segmented } from './segmented.tsx';

interface AiPanelProps {
  readonly chart: OpenChart;
  readonly width: PanelWidth;
  readonly onWidth: (width: PanelWidth) => void;
  readonly crossSite: boolean;
}

const WIDTHS = [
  ['320', '320 px'],
  ['480', '480 px'],
  ['full', 'Full tab'],
] as const;

export function AiPanel(props: AiPanelProps) {
  const app = useSession().sandbox.apps[0];
  return (
    <section className={styles.panel} aria-label="Side panel">
      {app === undefined ? (
        <Notice tone="error">No SMART app is registered with this sandbox.</Notice>
      ) : (
        <Launched {...props} app={app} />
      )}
    </section>
  );
}

function Launched({ app, chart, width, onWidth, crossSite }: AiPanelProps & { app: SmartApp }) {
  const { access, clinician } = useSession();
  const [popupFailure, setPopupFailure] = useState<string>();
  const { patient, encounter } = chart;
  // Every frame and window gets a launch of its own, as an EHR would give it.
  const launch = useCallback(
    () =>
      launchAddress(
        {
          app,
          patientId: patient.id,
          encounterId: encounter?.id,
          practitionerId: clinician.practitionerId,
          crossSite,
        },
        access.token(),
      ),
    [app, patient.id, encounter?.id, clinician.practitionerId, crossSite, access],
  );
  const [address, reload] = useLoad(launch);
  const openWindow = async () => {
    setPopupFailure(undefined);
    try {
      window.open(await launch(), '_blank', 'noopener,popup,width=480,height=900');
    } catch (error) {
      setPopupFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <header className={styles.bar}>
        <h2>{app.name}</h2>
        <div className={styles.widths}>
          <Segmented label="Panel width" value={width} options={WIDTHS} onChange={onWidth} />
        </div>
        <button type="button" onClick={reload} aria-label="Reload panel" title="Reload panel">
          <span aria-hidden="true">↻</span>
        </button>
        <button
          type="button"
          onClick={() => void openWindow()}
          aria-label="Open in new window"
          title="Open in new window"
        >
          <span aria-hidden="true">↗</span>
        </button>
      </header>
      {popupFailure !== undefined && <Notice tone="error">{popupFailure}</Notice>}
      {address.state === 'loading' && <Notice>Launching {app.name}…</Notice>}
      {address.state === 'failed' && (
        <Notice tone="error" onRetry={reload}>
          {app.name} could not be launched. {address.message}
        </Notice>
      )}
      {address.state === 'ready' && (
        <iframe
          key={address.value}
          className={styles.frame}
          title="AI recommendations"
          src={address.value}
        />
      )}
    </>
  );
}
