import { asList, asRecord, asText, type Json, resourcesOf } from './readers/json.ts';

/** The one place that knows the sandbox server's own endpoints. */
export interface Clinician {
  readonly practitionerId: string;
  readonly name: string;
  readonly role: string;
}

export interface Unit {
  readonly locationId: string;
  readonly name: string;
}

export interface SmartApp {
  readonly clientId: string;
  readonly name: string;
  /** Its figures, for whoever runs it: they have a sign-in of their own and no patient. */
  readonly dashboard: string;
}

export interface SandboxState {
  readonly clinicians: readonly Clinician[];
  readonly units: readonly Unit[];
  readonly apps: readonly SmartApp[];
  readonly now: string | undefined;
  readonly scenario: string | undefined;
  readonly vendor: string | undefined;
  /** Kinds of faults that the server can play, each with what it does. */
  readonly faultKinds: readonly (readonly [kind: string, what: string])[];
}

export interface LaunchRequest {
  readonly app: SmartApp;
  readonly patientId: string;
  readonly encounterId: string | undefined;
  readonly practitionerId: string;
  readonly crossSite: boolean;
}

/** A bearer of FHIR access: `search` gives the resources of all pages. */
export interface Chart {
  readonly bundle: (query: string) => Promise<Json>;
  readonly search: (query: string) => Promise<readonly Json[]>;
}

const BASE = new URL('/', document.baseURI);
export const FHIR_BASE = new URL('fhir', BASE).href;

export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function request(url: URL | string, init?: RequestInit): Promise<Json> {
  const response = await fetch(url, init);
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const body = /json/.test(type) && text !== '' ? asRecord(JSON.parse(text)) : {};
  if (response.ok) return body;
  const issue = asList(body.issue)[0] ?? {};
  const reason =
    asText(issue.diagnostics) ??
    asText(asRecord(issue.details).text) ??
    asText(body.error_description) ??
    asText(body.error) ??
    response.statusText;
  throw new SandboxError(
    response.status,
    `The sandbox server answered ${response.status}: ${reason}`,
  );
}

const post = (path: string, body: Json, token?: string): Promise<Json> =>
  request(new URL(path, BASE), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });

export async function loadState(): Promise<SandboxState> {
  const state = await request(new URL('ehr/state', BASE));
  return {
    clinicians: asList(state.clinicians).map((one) => ({
      practitionerId: asText(one.practitionerId) ?? '',
      name: asText(one.name) ?? 'Unnamed clinician',
      role: asText(one.role) ?? '',
    })),
    units: asList(state.units).map((one) => ({
      locationId: asText(one.locationId) ?? '',
      name: asText(one.name) ?? 'Unnamed unit',
    })),
    apps: asList(state.clients)
      .filter((client) => asText(client.launchUrl) !== undefined)
      .map((client) => ({
        clientId: asText(client.id) ?? '',
        name: asText(client.name) ?? 'SMART app',
        dashboard: new URL('dashboard/', new URL(asText(client.launchUrl) ?? '', BASE)).href,
      })),
    now: asText(state.now),
    scenario: asText(asRecord(state.scenario).name),
    vendor: asText(state.vendor),
    faultKinds: Object.entries(asRecord(state.faultKinds)).map(([kind, what]) => [
      kind,
      asText(what) ?? kind,
    ]),
  };
}

export async function signIn(practitionerId: string): Promise<string> {
  const answer = await post('ehr/sign-in', { practitionerId });
  const token = asText(answer.access_token);
  if (token === undefined) throw new SandboxError(200, 'The sandbox server sent no access token.');
  return token;
}

/** Registers a launch; the server gives the address that the frame opens, with `iss` and `launch`. */
export async function launchAddress(launch: LaunchRequest, token: string): Promise<string> {
  const answer = await post(
    'ehr/launches',
    {
      clientId: launch.app.clientId,
      patient: launch.patientId,
      user: launch.practitionerId,
      ...(launch.encounterId === undefined ? {} : { encounter: launch.encounterId }),
    },
    token,
  );
  const address = new URL(asText(answer.launchUrl) ?? '', BASE);
  if (launch.crossSite) address.hostname = otherLoopback();
  return address.href;
}

/** `localhost` and `127.0.0.1` are one machine, yet two sites to a browser. */
export const otherLoopback = (): string =>
  BASE.hostname === 'localhost' ? '127.0.0.1' : 'localhost';

export interface FaultRequest {
  readonly kind: string;
  readonly ms: number | undefined;
  readonly status: number | undefined;
  readonly method: 'POST' | 'GET' | undefined;
  readonly count: number | undefined;
}

/** What goes wrong now, in words. */
export async function changeFaults(change: FaultRequest | 'clear' | 'list'): Promise<string[]> {
  const url = new URL('ehr/faults', BASE);
  if (change === 'list') return faultTexts(await request(url));
  if (change === 'clear') return faultTexts(await request(url, { method: 'DELETE' }));
  const { kind, ms, status, method, count } = change;
  return faultTexts(
    await post('ehr/faults', {
      effect: { kind, ms, status },
      path: '/fhir*',
      ...(method === undefined ? {} : { method }),
      ...(count === undefined ? {} : { count }),
    }),
  );
}

const faultTexts = (answer: Json): string[] =>
  asList(answer.faults).map((fault) =>
    [
      asText(asRecord(fault.effect).kind),
      asText(fault.method) ?? 'every method',
      typeof fault.count === 'number' ? `${fault.count} ×` : 'until cleared',
    ].join(', '),
  );

/** A page of the same search, by whichever loopback name this page was opened. */
function underBase(link: unknown): string | undefined {
  const url = asText(link);
  if (url === undefined) return undefined;
  const { pathname, search } = new URL(url, `${FHIR_BASE}/`);
  return `${pathname.replace(/^.*\/fhir\/?/, '')}${search}`;
}

/** Signs in again, once, when the token has ended: the sandbox's tokens may be made to live short. */
export function openChartAccess(practitionerId: string, firstToken: string): Chart & TokenSource {
  let token = firstToken;
  const bundle = async (query: string): Promise<Json> => {
    const get = () =>
      request(new URL(query, `${FHIR_BASE}/`), {
        headers: { accept: 'application/fhir+json', authorization: `Bearer ${token}` },
        cache: 'no-store',
      });
    try {
      return await get();
    } catch (error) {
      if (!(error instanceof SandboxError) || error.status !== 401) throw error;
      token = await signIn(practitionerId);
      return get();
    }
  };
  const search = async (query: string): Promise<readonly Json[]> => {
    const found: Json[] = [];
    let next: string | undefined = query;
    for (let page = 0; page < 10 && next !== undefined; page += 1) {
      const answer: Json = await bundle(next);
      found.push(...resourcesOf(answer));
      next = underBase(asList(answer.link).find((link) => link.relation === 'next')?.url);
    }
    return found;
  };
  return { bundle, search, token: () => token };
}

export interface TokenSource {
  readonly token: () => string;
}
