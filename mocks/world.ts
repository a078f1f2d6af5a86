import type { Resource } from '@medplum/fhirtypes';
import type { BulkSettings } from './bulk/bulk-export.ts';
import type { SandboxClock } from './clock.ts';
import type { FaultInjector } from './faults.ts';
import type { Stored } from './fhir/resource.ts';
import { createStore, type Store, type Version } from './fhir/store.ts';
import type { RequestLog } from './http/request-log.ts';
import { createServe } from './http/serve.ts';
import type { Journal } from './journal.ts';
import { createRoutes } from './routes.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { bearerOf } from './smart/bearer.ts';
import type { SandboxClient } from './smart/client.ts';
import type { TrustedEhr } from './smart/ehr-tokens.ts';
import { createGrants, type Grants } from './smart/grants.ts';
import { createSigningKey } from './smart/signing-key.ts';
import type { VendorProfile } from './vendors/profile.ts';

export interface WorldOptions {
  readonly baseUrl: string;
  readonly scenario: Scenario;
  readonly clock: SandboxClock;
  readonly clients: readonly SandboxClient[];
  readonly vendor: VendorProfile;
  readonly accessTokenSeconds: number;
  readonly faults: FaultInjector;
  readonly log: RequestLog;
  readonly journal: Journal | undefined;
  readonly trustedEhr: TrustedEhr | undefined;
  readonly referencesMustExist: boolean;
  readonly bulk: BulkSettings;
}

/** Everything that a reset throws away: data, launches, tokens, and the server that stands on them. */
export interface World {
  readonly store: Store;
  readonly grants: Grants;
  serve(request: Request): Promise<Response>;
}

export function createWorld(options: WorldOptions): World {
  const { baseUrl, clients, clock, faults, journal, log, scenario } = options;
  const store = createStore(scenario.archive);
  for (const resource of scenario.resources) {
    store.restore(firstVersion(resource as Resource, scenario.now));
  }
  for (const version of journal?.replay() ?? []) restoreIfNew(store, version);
  store.onCommit((versions) => journal?.append(versions));

  const grants = createGrants(clock);
  const fhirBase = `${baseUrl}/fhir`;
  const smartBase = `${baseUrl}/auth`;
  const routes = createRoutes({
    ...options,
    fhirBase,
    smartBase,
    store,
    grants,
    key: createSigningKey(),
    vendorName: options.vendor.name,
  });
  const origins = new Set([
    new URL(baseUrl).origin,
    ...clients.flatMap((client) => client.origins),
  ]);
  const expireToken = (request: Request) => grants.expire(bearerOf(request) ?? '');
  const deps = { baseUrl, routes, origins, faults, clock, log, expireToken };
  const serve = createServe({ ...deps, corsOnUnauthorized: options.vendor.corsOnUnauthorized });
  return { store, grants, serve };
}

/** A scenario's resource keeps the time that it names itself; else it is as old as the scenario. */
function firstVersion(resource: Resource, now: string): Version {
  const { id, resourceType: type } = resource;
  if (id === undefined) throw new Error(`A ${type} of the scenario has no id`);
  const lastUpdated = resource.meta?.lastUpdated ?? now;
  const meta = { ...resource.meta, versionId: '1', lastUpdated };
  return { type, id, versionId: '1', lastUpdated, resource: { ...resource, meta } as Stored };
}

/** The scenario may have grown into an id that an earlier run wrote: the first to name a version wins. */
function restoreIfNew(store: Store, version: Version): void {
  const known = store.history(version.type, version.id);
  if (!known.some(({ versionId }) => versionId === version.versionId)) store.restore(version);
}
