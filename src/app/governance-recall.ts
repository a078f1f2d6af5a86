import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { tableSearches } from '#src/fhir/tables/table-searches.ts';
import { systemClock } from '#src/io/clock.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { readServer } from '#src/io/tables-in/read-server.ts';
import type { ReadTables } from '#src/state/governance/deps.ts';

/** Of one search: what a page holds without stopping to answer; more is for the command line. */
const MOST_RESOURCES = 20_000;

interface RecallPlace {
  readonly config: SiteConfig;
  readonly issuer: IssuerConfig;
  readonly server: string;
  readonly smart: Pick<SmartSession, 'authorization'>;
  readonly signal: AbortSignal;
}

/** Every table that the registry server has rows for. Throws `FhirError`. */
export async function readAllTables(
  { config, issuer, server, smart, signal }: RecallPlace,
  progress: (words: string) => void,
): Promise<ReadTables> {
  const reader = {
    ...{ baseUrl: server, token: undefined, clock: systemClock, stop: signal },
    fetch: async (target: RequestInfo | URL, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      for (const [name, value] of Object.entries(await smart.authorization()))
        headers.set(name, value);
      return fetch(target, { ...init, headers });
    },
  };
  const sink =
    issuer.store || issuer.hospitalStore
      ? ('hospital-store' as const)
      : ('fhir-observation' as const);
  const context = { server, issuer: issuer.iss, sink, source: issuer, kinds: config.kinds };
  const found = await readServer(reader, context, {
    searches: tableSearches({}),
    cap: MOST_RESOURCES,
    progress: (type, count) => progress(`Reading ${type}: ${count.toLocaleString('en')}`),
  });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    tables: deriveTables(found.read, { sites: [{ site: config.siteName, timeZone }] }),
    gaps: found.gaps.map((gap) =>
      gap.why === 'capped'
        ? `${gap.type}: only the first ${gap.count.toLocaleString('en')} were read.`
        : `${gap.type}: ${gap.message}`,
    ),
  };
}
