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
  readonly launchUrl: string;
  /** The same app under another host name, so that a browser takes the frame for cross-site. */
  readonly crossSiteLaunchUrl: string | undefined;
}

export interface SandboxState {
  readonly clinicians: readonly Clinician[];
  readonly units: readonly Unit[];
  readonly apps: readonly SmartApp[];
  readonly now: string | undefined;
  readonly scenario: string | undefined;
  readonly vendor: string | undefined;
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
    apps: asList(state.apps).map(readApp),
    now: asText(state.now),
    scenario: asText(state.scenario),
    vendor: asText(state.vendor),
  };
}

function readApp(app: Json): SmartApp {
  const launchUrl = asText(app.launchUrl) ?? '';
  return {
    clientId: asText(app.clientId) ?? '',
    name: asText(app.name) ?? 'SMART app',
    launchUrl,
    crossSiteLaunchUrl: asText(app.crossSiteLaunchUrl),
  };
}

export async function signIn(practitionerId: string): Promise<string> {
  const answer = await post('ehr/sign-in', { practitionerId });
  const token = asText(answer.access_token);
  if (token === undefined) throw new SandboxError(200, 'The sandbox server sent no access token.');
  return token;
}

/** Registers a launch and gives the address that the frame opens: `launchUrl?iss=…&launch=…`. */
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
  const { app } = launch;
  const target = launch.crossSite ? (app.crossSiteLaunchUrl ?? app.launchUrl) : app.launchUrl;
  const url = new URL(target, BASE);
  url.searchParams.set('iss', FHIR_BASE);
  url.searchParams.set('launch', asText(answer.launch) ?? '');
  return url.href;
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
      next = asText(asList(answer.link).find((link) => link.relation === 'next')?.url);
    }
    return found;
  };
  return { bundle, search, token: () => token };
}

export interface TokenSource {
  readonly token: () => string;
}
