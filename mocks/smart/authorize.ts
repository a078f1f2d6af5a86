import type { SandboxClient } from './client.ts';
import type { SmartDeps } from './deps.ts';
import { page } from './html.ts';
import type { LaunchContext } from './launch-context.ts';
import { pickerPage } from './picker.ts';
import { grantedScopes } from './scopes.ts';

/** The authorization endpoint (SMART 2.2 §2.0.9), by GET or by form POST. */
export async function authorize(request: Request, deps: SmartDeps): Promise<Response> {
  const parameters =
    request.method === 'POST'
      ? new URLSearchParams(await request.text())
      : new URL(request.url).searchParams;
  const client = deps.clients.find(({ id }) => id === parameters.get('client_id'));
  const redirectUri = parameters.get('redirect_uri') ?? '';
  // Whoever is not registered is never redirected to (RFC 6749 §4.1.2.1: no open redirector).
  if (client === undefined)
    return page(400, 'Unknown client', '<p>client_id is not registered.</p>');
  if (!client.redirectUris.includes(redirectUri)) {
    return page(400, 'Unknown redirect', '<p>redirect_uri is not registered for this client.</p>');
  }
  const problem = problemWith(parameters, deps.fhirBase);
  if (problem !== undefined) return redirect(redirectUri, { ...problem, ...stateOf(parameters) });
  const launch = parameters.get('launch');
  const context = launch === null ? standalone(parameters, client) : deps.grants.launch(launch);
  if (context === undefined && launch === null) return pickerPage(parameters, deps);
  if (context === undefined || context.clientId !== client.id) {
    const error = { error: 'invalid_request', error_description: 'launch is not known' };
    return redirect(redirectUri, { ...error, ...stateOf(parameters) });
  }
  if (launch !== null && deps.vendor.oneTimeLaunch) deps.grants.endLaunch(launch);
  return redirect(redirectUri, {
    code: issueCode(parameters, client, context, deps),
    ...stateOf(parameters),
  });
}

interface OAuthError {
  readonly error: string;
  readonly error_description: string;
}

function problemWith(parameters: URLSearchParams, fhirBase: string): OAuthError | undefined {
  const invalid = (error_description: string) => ({ error: 'invalid_request', error_description });
  if (parameters.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', error_description: 'response_type must be code' };
  }
  if (withoutSlash(parameters.get('aud')) !== fhirBase)
    return invalid('aud is not this FHIR server');
  if (!parameters.get('state')) return invalid('state is required');
  if (!parameters.get('code_challenge')) return invalid('PKCE is required');
  if (parameters.get('code_challenge_method') !== 'S256') {
    return invalid('code_challenge_method must be S256');
  }
  if (!parameters.get('scope')) {
    return { error: 'invalid_scope', error_description: 'scope is required' };
  }
  return undefined;
}

const withoutSlash = (url: string | null) => url?.replace(/\/$/, '');

function standalone(parameters: URLSearchParams, client: SandboxClient): LaunchContext | undefined {
  const user = parameters.get('sandbox_user');
  if (user === null) return undefined;
  const patient = parameters.get('sandbox_patient');
  return { clientId: client.id, user, ...(patient ? { patient } : {}) };
}

function issueCode(
  parameters: URLSearchParams,
  client: SandboxClient,
  context: LaunchContext,
  { grants, vendor }: SmartDeps,
): string {
  const nonce = parameters.get('nonce');
  return grants.addCode({
    redirectUri: parameters.get('redirect_uri') ?? '',
    challenge: parameters.get('code_challenge') ?? '',
    grant: {
      clientId: client.id,
      scopes: grantedScopes(parameters.get('scope') ?? '', client.scopes, vendor.wildcardScopes),
      context,
      family: grants.newFamily(),
      ...(nonce === null ? {} : { nonce }),
    },
  });
}

function stateOf(parameters: URLSearchParams): { state?: string } {
  const state = parameters.get('state');
  return state === null ? {} : { state };
}

function redirect(to: string, answer: Record<string, string>): Response {
  const url = new URL(to);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  return new Response(null, {
    status: 302,
    headers: { location: url.href, 'cache-control': 'no-store' },
  });
}
