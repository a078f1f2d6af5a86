import type { Resource } from '@medplum/fhirtypes';
import type { FhirResource } from 'fhir/r4';
import { type HttpHandler, http } from 'msw/http';
import { getResponse } from 'msw/utils/get-response';
import { type BulkSettings, USUAL_BULK } from './bulk/bulk-export.ts';
import { type SandboxClock, wallClock } from './clock.ts';
import { createFaultInjector, type Fault, type FaultInjector } from './faults.ts';
import { ensureDefinitions } from './fhir/definitions.ts';
import type { Version } from './fhir/store.ts';
import { ConnectionFailed } from './http/connection-failed.ts';
import { createRequestLog, type LoggedRequest } from './http/request-log.ts';
import type { Journal } from './journal.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { defaultClient, type SandboxClient } from './smart/client.ts';
import type { TrustedEhr } from './smart/ehr-tokens.ts';
import type { LaunchContext } from './smart/launch-context.ts';
import type { VendorName } from './vendors/profile.ts';
import { VENDORS } from './vendors/vendors.ts';
import { createWorld } from './world.ts';

export interface SandboxOptions {
  /** Where the sandbox answers, e.g. `http://localhost:4000`. */
  readonly baseUrl: string;
  /** Origins where the app is served; the default client is registered there. */
  readonly appOrigins: readonly string[];
  readonly scenario: Scenario;
  /** Default: the wall clock. */
  readonly clock?: SandboxClock;
  /** Default: `strict`. */
  readonly vendor?: VendorName;
  readonly faults?: readonly Fault[];
  /** In place of the default client. */
  readonly clients?: readonly SandboxClient[];
  /** Default: what the vendor gives. */
  readonly accessTokenSeconds?: number;
  /** Keeps what is written across restarts; `hosts/ndjson-journal.ts` makes one from a directory. */
  readonly journal?: Journal;
  /** An EHR whose access tokens this server takes as well as its own: a hospital store's gateway. */
  readonly trustedEhr?: TrustedEhr;
  /** Refuse what points to a resource that is not here. Default: false. */
  readonly referencesMustExist?: boolean;
  /** How `$export` goes about it. */
  readonly bulk?: Partial<BulkSettings>;
}

type OfType<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>;

export interface Sandbox {
  readonly baseUrl: string;
  readonly fhirBase: string;
  /** For `setupServer(...handlers)` or `setupWorker(...handlers)`. */
  readonly handlers: HttpHandler[];
  /** The server as a function. A failed connection rejects with a TypeError, as `fetch` does. */
  fetch(request: Request): Promise<Response>;
  readonly faults: FaultInjector;
  /** The current resources of a type, as copies. */
  list<T extends FhirResource['resourceType']>(type: T): OfType<T>[];
  /** Everything that is held, as it stands there (frozen): without what only an archive has. */
  held(): FhirResource[];
  read(type: string, id: string): FhirResource | undefined;
  /** Every version, oldest first. */
  history(type: string, id: string): readonly Version[];
  /** What the EHR or a vendor's model writes behind the app's back: no scopes, no vendor rules. */
  put(resource: FhirResource & { id: string }): FhirResource;
  /** A launch token, as `POST /ehr/launches` makes it. */
  launch(context: LaunchContext): string;
  revokeToken(token: string): void;
  expireToken(token: string): void;
  requests(): readonly LoggedRequest[];
  /** Back to the scenario (and the journal): tokens, faults and the request log are gone. */
  reset(): void;
}

/** A SMART on FHIR R4 server. All state is in the returned value; two sandboxes share nothing. */
export function createSandbox(options: SandboxOptions): Sandbox {
  ensureDefinitions();
  const baseUrl = options.baseUrl.replace(/\/$/, '');
  const clock = options.clock ?? wallClock;
  const vendor = VENDORS[options.vendor ?? 'strict'];
  const faults = createFaultInjector(options.faults ?? []);
  const log = createRequestLog(clock);
  const worldOptions = {
    baseUrl,
    clock,
    vendor,
    faults,
    log,
    scenario: options.scenario,
    clients: options.clients ?? [defaultClient(options.appOrigins)],
    accessTokenSeconds: options.accessTokenSeconds ?? vendor.accessTokenSeconds,
    journal: options.journal,
    trustedEhr: options.trustedEhr,
    referencesMustExist: options.referencesMustExist ?? false,
    bulk: { ...USUAL_BULK, ...options.bulk },
  };
  let world = createWorld(worldOptions);
  const handlers = ['fhir', 'fhir/*', 'auth/*', 'ehr/:operation'].map((path) =>
    http.all(`${baseUrl}/${path}`, ({ request }) => world.serve(request)),
  );

  return {
    baseUrl,
    fhirBase: `${baseUrl}/fhir`,
    handlers,
    async fetch(request) {
      const response = await getResponse(handlers, request);
      if (response === undefined) return new Response('Not found', { status: 404 });
      if (response.type === 'error') throw new ConnectionFailed();
      return response;
    },
    faults,
    list: <T extends FhirResource['resourceType']>(type: T) =>
      structuredClone([...world.store.all(type)]) as unknown as OfType<T>[],
    held: () =>
      world.store
        .types()
        .flatMap((type) => [...world.store.live(type)]) as unknown as FhirResource[],
    read: (type, id) => structuredClone(world.store.current(type, id)) as FhirResource | undefined,
    history: (type, id) => structuredClone(world.store.history(type, id)),
    put(resource) {
      const at = new Date(clock.now()).toISOString();
      const stored = world.store.put(resource as unknown as Resource & { id: string }, at);
      return structuredClone(stored) as unknown as FhirResource;
    },
    launch: (context) => world.grants.addLaunch(context),
    revokeToken: (token) => world.grants.revoke(token),
    expireToken: (token) => world.grants.expire(token),
    requests: () => log.list(),
    reset() {
      world = createWorld(worldOptions);
      faults.clear();
      log.clear();
    },
  };
}
