import { createHash } from 'node:crypto';
import type { Bundle, FhirResource, Observation, OperationOutcome } from 'fhir/r4';
import { expect } from 'vitest';
import { APP, type Running } from './harness.ts';

export const CLIENT = 'clinician-feedback';
export const REDIRECT = `${APP}/`;
export const VERIFIER = 'v'.repeat(64);
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
export const SCOPE =
  'launch openid fhirUser online_access patient/Patient.r patient/RiskAssessment.rs patient/Observation.crus';

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly scope: string;
  readonly expires_in: number;
  readonly [name: string]: unknown;
}

export function authorizeParameters(
  running: Running,
  changes: Record<string, string | undefined> = {},
): URLSearchParams {
  const parameters: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: CLIENT,
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: 'state-1',
    aud: `${running.url}/fhir`,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(given);
}

export function newLaunch(running: Running, patient = 'p1'): string {
  return running.sandbox.launch({
    clientId: CLIENT,
    user: 'ada',
    patient,
    encounter: `enc-${patient}`,
  });
}

/** Asks for a code and returns where the server sends the browser. */
export async function authorize(running: Running, parameters: URLSearchParams): Promise<URL> {
  const response = await running.send(`/auth/authorize?${parameters}`);
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

export async function codeFor(running: Running, changes: Record<string, string | undefined> = {}) {
  const launch = changes.launch ?? newLaunch(running);
  const target = await authorize(running, authorizeParameters(running, { ...changes, launch }));
  return target.searchParams.get('code') ?? '';
}

export function exchange(running: Running, form: Record<string, string>): Promise<Response> {
  return running.send('/auth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

export function codeForm(code: string, changes: Record<string, string> = {}) {
  return {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    client_id: CLIENT,
    code_verifier: VERIFIER,
    ...changes,
  };
}

export async function tokensFor(
  running: Running,
  changes: Record<string, string | undefined> = {},
): Promise<Tokens> {
  const response = await exchange(running, codeForm(await codeFor(running, changes)));
  expect(response.status).toBe(200);
  return (await response.json()) as Tokens;
}

/** FHIR as one bearer sees it. */
export function fhir(running: Running, token: string) {
  const send = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    running.send(`/fhir/${path}`.replace(/\/$/, ''), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      send('POST', path, body, headers),
    put: (path: string, body: unknown, headers?: Record<string, string>) =>
      send('PUT', path, body, headers),
    async bundle(path: string): Promise<Bundle> {
      const response = await send('GET', path);
      expect(response.status, await response.clone().text()).toBe(200);
      return (await response.json()) as Bundle;
    },
  };
}

/** FHIR as the EHR itself sees it: everything is permitted. */
export async function signedIn(running: Running) {
  const response = await running.send('/ehr/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ practitionerId: 'ada' }),
  });
  const { access_token } = (await response.json()) as Tokens;
  return fhir(running, access_token);
}

export function observation(id: string, changes: Partial<Observation> = {}): Observation {
  return {
    resourceType: 'Observation',
    status: 'final',
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }],
    code: { coding: [{ system: 'http://example.org/codes', code: 'answer' }] },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: '2026-03-02T08:00:00Z',
    focus: [{ reference: 'RiskAssessment/risk-p1' }],
    component: [{ code: { text: 'part' }, valueString: 'kept?' }],
    ...changes,
  };
}

export const ids = (bundle: Bundle): string[] =>
  (bundle.entry ?? [])
    .filter(({ search }) => (search?.mode ?? 'match') === 'match')
    .map(({ resource }) => resource?.id ?? '');

export async function expectOutcome(response: Response, status: number): Promise<OperationOutcome> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/fhir+json');
  const outcome = JSON.parse(text) as FhirResource;
  expect(outcome.resourceType).toBe('OperationOutcome');
  expect((outcome as OperationOutcome).issue.length).toBeGreaterThan(0);
  return outcome as OperationOutcome;
}
