import { createContext, useContext } from 'react';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { DashboardFilter, DashboardSearch } from '#src/state/dashboard/filter.ts';
import type { Freshness } from '#src/state/dashboard/use-freshness.ts';
import type { Names } from '#src/state/use-names.ts';
import type { Mark } from './charts/change-marks.ts';
import type { Behind } from './sheets/sheet.ts';

/** What every section of one page shares. */
export interface Dashboard {
  readonly filter: DashboardFilter;
  readonly freshness: Freshness;
  /** What models and units are called. */
  readonly names: Names;
  /** The change log, oldest first. */
  readonly changes: readonly ChangeRow[];
  /** What of it stands on time axes, numbered as its list is. */
  readonly marks: readonly Mark[];
  /** Changes the address; undefined takes a filter away. */
  readonly onFilter: (
    change: { readonly [K in keyof DashboardSearch]?: string | undefined },
  ) => void;
  /** Opens the decisions behind a mark; absent: the token may not see any. */
  readonly onBehind: ((behind: Behind) => void) | undefined;
}

const Context = createContext<Dashboard | undefined>(undefined);
export const DashboardProvider = Context.Provider;

export function useDashboard(): Dashboard {
  const found = useContext(Context);
  if (!found) throw new Error('useDashboard needs a DashboardProvider above it.');
  return found;
}
