import { createContext, useContext } from 'react';
import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';

/** Days, both included: a Monday and a Sunday. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** What `clinician-feedback metrics --publish` has left on the server. */
export interface Published {
  readonly aggregates: Aggregates;
  /** Epoch ms: what was stored until then is in the counts. Absent: nothing was published. */
  readonly asOf: number | undefined;
}

/** Everything that the dashboard reaches outside React: built once in `app/dashboard-session.ts`. */
export interface DashboardDeps {
  readonly config: SiteConfig;
  readonly issuer: IssuerConfig;
  /** The server that has answers and aggregates: the hospital’s store, else the EHR. */
  readonly gateway: FhirGateway;
  readonly serverLabel: string;
  /** What the token allows. */
  readonly scopes: readonly string[];
  /** Who is signed in, where it is somebody who may sign an entry of the change log. */
  readonly performer: string | undefined;
  readonly clock: Clock;
  readonly timeZone: string;
  newId(): string;
  /** Takes the token away: nothing is read until somebody signs in. */
  endSession(): Promise<void>;
  readPublished(
    views: readonly View[],
    period: Period,
    options: RequestOptions,
  ): Promise<Published>;
}

const DepsContext = createContext<DashboardDeps | undefined>(undefined);
export const DashboardDepsProvider = DepsContext.Provider;

export function useDashboardDeps(): DashboardDeps {
  const deps = useContext(DepsContext);
  if (!deps) throw new Error('useDashboardDeps needs a DashboardDepsProvider above it.');
  return deps;
}
