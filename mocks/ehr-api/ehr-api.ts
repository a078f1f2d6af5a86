import type { SandboxClock } from '../clock.ts';
import { FAULT_KINDS, type FaultInjector, parseFault } from '../faults.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { SandboxClient } from '../smart/client.ts';
import type { Grants } from '../smart/grants.ts';
import { parseLaunch } from './parse-launch.ts';

export interface EhrApiDeps {
  readonly fhirBase: string;
  readonly scenario: Scenario;
  readonly vendorName: string;
  readonly clients: readonly SandboxClient[];
  readonly grants: Grants;
  readonly faults: FaultInjector;
  readonly clock: SandboxClock;
}

/** A clinician stays signed in to the EHR for a shift. */
const SESSION_SECONDS = 12 * 3600;

const refused = (status: number, error: string) => Response.json({ error }, { status });

/** What the EHR's own page needs and no standard describes. Never used by an app. */
export function createEhrApi(deps: EhrApiDeps) {
  const { clients, clock, faults, fhirBase, grants, scenario } = deps;
  return {
    /** `GET /ehr/state` */
    state: () =>
      Response.json({
        scenario: { name: scenario.name, description: scenario.description, now: scenario.now },
        now: new Date(clock.now()).toISOString(),
        vendor: deps.vendorName,
        fhirBase,
        clinicians: scenario.clinicians,
        units: scenario.units,
        clients: clients.map(({ id, launchUrl, name }) => ({ id, name, launchUrl })),
        faults: faults.list(),
        faultKinds: FAULT_KINDS,
      }),

    /** `POST /ehr/sign-in {practitionerId}`: the EHR's own, unrestricted session. */
    async signIn(request: Request): Promise<Response> {
      const body = await json(request);
      const known = scenario.clinicians.find(
        ({ practitionerId }) => practitionerId === body?.practitionerId,
      );
      if (known === undefined) return refused(400, 'practitionerId is not a clinician here');
      const grant = {
        clientId: 'sandbox-ehr',
        scopes: ['user/*.cruds'],
        context: { clientId: 'sandbox-ehr', user: known.practitionerId },
        family: grants.newFamily(),
      };
      return Response.json({
        access_token: grants.addAccessToken(grant, SESSION_SECONDS),
        token_type: 'Bearer',
        expires_in: SESSION_SECONDS,
        clinician: known,
      });
    },

    /** `POST /ehr/launches`: makes a launch token and the URL that opens the app with it. */
    async launch(request: Request): Promise<Response> {
      const context = parseLaunch(await json(request), deps);
      if (typeof context === 'string') return refused(400, context);
      const launch = grants.addLaunch(context);
      const client = clients.find(({ id }) => id === context.clientId);
      const url = new URL(client?.launchUrl ?? '');
      url.searchParams.set('iss', fhirBase);
      url.searchParams.set('launch', launch);
      return Response.json({ launch, launchUrl: url.href }, { status: 201 });
    },

    /** `GET|POST|DELETE /ehr/faults`: things go wrong on request. */
    async faults(request: Request): Promise<Response> {
      if (request.method === 'DELETE') faults.clear();
      if (request.method === 'POST') {
        const fault = parseFault(await json(request));
        if (typeof fault === 'string') return refused(400, fault);
        faults.add(fault);
      }
      return Response.json({ faults: faults.list() });
    },
  };
}

async function json(request: Request): Promise<Record<string, unknown> | undefined> {
  try {
    const body: unknown = await request.json();
    return typeof body === 'object' && body !== null
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    // Not JSON is the same to the caller as a body without the fields: each endpoint says what it needs.
    return undefined;
  }
}
