import { createContext, useContext } from 'react';
import type { Chart, Clinician, SandboxState, TokenSource } from './api.ts';
import type { ChartEncounter } from './readers/encounter.ts';
import type { ChartPatient } from './readers/patient.ts';
import type { Clock } from './readers/time.ts';

/** What a signed-in clinician works with. */
export interface Session {
  readonly sandbox: SandboxState;
  readonly clinician: Clinician;
  readonly access: Chart & TokenSource;
  readonly clock: Clock;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('No clinician is signed in.');
  return session;
}

export interface OpenChart {
  readonly patient: ChartPatient;
  readonly encounter: ChartEncounter | undefined;
  readonly similarName: boolean;
}

export type PanelWidth = '320' | '480' | 'full';

/** What stands open. `active` is a patient id; undefined is the patient list. */
export interface Desk {
  readonly charts: readonly OpenChart[];
  readonly active: string | undefined;
  /** The patient whose chart found no room. */
  readonly refused: ChartPatient | undefined;
}

export type DeskAction =
  | { readonly type: 'open'; readonly chart: OpenChart }
  | { readonly type: 'show'; readonly patientId: string | undefined }
  | { readonly type: 'close'; readonly patientId: string };

export const EMPTY_DESK: Desk = { charts: [], active: undefined, refused: undefined };
export const MAX_CHARTS = 4;

export function deskReducer(desk: Desk, action: DeskAction): Desk {
  switch (action.type) {
    case 'open': {
      const { patient } = action.chart;
      if (desk.charts.some((chart) => chart.patient.id === patient.id))
        return { ...desk, active: patient.id, refused: undefined };
      if (desk.charts.length >= MAX_CHARTS) return { ...desk, refused: patient };
      return { charts: [...desk.charts, action.chart], active: patient.id, refused: undefined };
    }
    case 'show':
      return { ...desk, active: action.patientId, refused: undefined };
    case 'close': {
      const charts = desk.charts.filter((chart) => chart.patient.id !== action.patientId);
      // Never slide to another patient by closing one: back to the list, so that the next is chosen.
      const active = desk.active === action.patientId ? undefined : desk.active;
      return { charts, active, refused: undefined };
    }
  }
}
