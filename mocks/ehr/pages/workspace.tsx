import { useEffect, useReducer, useRef, useState } from 'react';
import { SandboxStrip } from '../parts/sandbox-strip.tsx';
import { SandboxTools, type ToolSettings } from '../parts/sandbox-tools.tsx';
import { TopBar } from '../parts/top-bar.tsx';
import { deskReducer, EMPTY_DESK, type PanelWidth } from '../session.tsx';
import { ChartPage } from './chart.tsx';
import { PatientList } from './patient-list.tsx';
import styles from './workspace.module.css';

export function Workspace({ onSignOut }: { readonly onSignOut: () => void }) {
  const [desk, dispatch] = useReducer(deskReducer, EMPTY_DESK);
  const [width, setWidth] = useState<PanelWidth>('480');
  const [settings, setSettings] = useState<ToolSettings>({ crossSite: false, theme: 'system' });
  const [toolsOpen, setToolsOpen] = useState(false);
  const active = desk.charts.find((chart) => chart.patient.id === desk.active);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.documentElement.dataset.theme = settings.theme;
  }, [settings.theme]);
  // What had the focus may be gone with its screen: the keyboard goes on at the new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of screen that counts.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body || !focused.checkVisibility())
      main.current?.focus();
  }, [desk.active]);
  return (
    <div className={styles.workspace}>
      <SandboxStrip />
      <TopBar
        desk={desk}
        dispatch={dispatch}
        onTools={() => setToolsOpen(true)}
        onSignOut={onSignOut}
      />
      <main className={styles.main} ref={main} tabIndex={-1}>
        <div className={styles.screen} hidden={active !== undefined}>
          <PatientList desk={desk} dispatch={dispatch} shown={active === undefined} />
        </div>
        {desk.charts.map((chart) => (
          // Charts in the background stay loaded, as in a real EHR: their apps go on running.
          <div className={styles.screen} hidden={chart !== active} key={chart.patient.id}>
            <ChartPage
              chart={chart}
              width={width}
              onWidth={setWidth}
              crossSite={settings.crossSite}
            />
          </div>
        ))}
      </main>
      <SandboxTools
        open={toolsOpen}
        onClose={() => setToolsOpen(false)}
        patient={active?.patient}
        settings={settings}
        onSettings={setSettings}
      />
    </div>
  );
}
