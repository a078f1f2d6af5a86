import { createContext, useContext } from 'react';
import type { RoleBook } from '#src/domain/governance/rights.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { DashboardDeps } from '../dashboard/deps.ts';

/** Who is signed in, as far as the sign-in tells. */
export interface Person {
  /** Reference as the registry resolves it; absent: nobody who may attest anything. */
  readonly reference: string | undefined;
  /** Every reference by which the site's roles may list them. */
  readonly names: readonly string[];
}

export interface ReadTables {
  readonly tables: Tables;
  /** What was left unread, in words; empty: it is all. */
  readonly gaps: readonly string[];
}

/** Everything that the governance page reaches outside React: built once in `app/governance-session.ts`. */
export interface GovernanceDeps {
  readonly config: SiteConfig;
  readonly issuer: IssuerConfig;
  /** The registry: the hospital’s store where the issuer has one, else the EHR. */
  readonly gateway: FhirGateway;
  readonly serverLabel: string;
  /** The EHR, where the registry is a store that takes the EHR’s own token; absent: it is the registry, or out of reach. */
  readonly chart: FhirGateway | undefined;
  /** What the token allows. */
  readonly scopes: readonly string[];
  readonly person: Person;
  /** Absent: the site has not given out roles. */
  readonly roles: RoleBook | undefined;
  readonly clock: Clock;
  readonly timeZone: string;
  /** ISO 8601 with offset. */
  timestamp(): string;
  newId(): string;
  /** Takes the token away: nothing is read until somebody signs in. */
  endSession(): Promise<void>;
  readonly readPublished: DashboardDeps['readPublished'];
  /** Every table that the server has, up to what a page can hold. Throws `FhirError`. */
  readTables(progress: (words: string) => void, signal: AbortSignal): Promise<ReadTables>;
}

const DepsContext = createContext<GovernanceDeps | undefined>(undefined);
export const GovernanceDepsProvider = DepsContext.Provider;

export function useGovernanceDeps(): GovernanceDeps {
  const deps = useContext(DepsContext);
  if (!deps) throw new Error('useGovernanceDeps needs a GovernanceDepsProvider above it.');
  return deps;
}
