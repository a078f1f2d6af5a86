import { backendToken } from './backend-token.ts';
import type { SandboxClient } from './client.ts';
import { authenticateClient } from './client-authentication.ts';
import type { SmartDeps } from './deps.ts';
import type { Grant } from './grants.ts';
import { oauthError, oauthJson } from './oauth-response.ts';
import { verifierMatches } from './pkce.ts';
import { tokenResponse } from './token-response.ts';

/** The token endpoint (SMART 2.2 §2.0.11 to §2.0.13). */
export async function token(request: Request, deps: SmartDeps): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  if (form.get('grant_type') === 'client_credentials') return backendToken(form, deps);
  // A refresh by a public client may leave client_id out; the refresh token says whose it is.
  const refreshed = deps.grants.refreshToken(form.get('refresh_token') ?? '');
  if (refreshed !== undefined && !form.has('client_id') && !request.headers.has('authorization')) {
    form.set('client_id', refreshed.clientId);
  }
  const client = authenticateClient(request, form, deps.clients);
  if (client === undefined) return oauthError(401, 'invalid_client', 'The client is not known');
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(form, client, deps);
    case 'refresh_token':
      return refresh(form, client, refreshed, deps);
    default:
      return oauthError(400, 'unsupported_grant_type', 'authorization_code or refresh_token');
  }
}

async function exchangeCode(
  form: URLSearchParams,
  client: SandboxClient,
  deps: SmartDeps,
): Promise<Response> {
  const refused = (text: string) => oauthError(400, 'invalid_grant', text);
  const use = deps.grants.redeemCode(form.get('code') ?? '');
  if (use.kind !== 'fresh') return refused(`The code is ${use.kind}`);
  const { challenge, grant, redirectUri } = use.pending;
  if (grant.clientId !== client.id) return refused('The code is for another client');
  if (redirectUri !== form.get('redirect_uri')) return refused('redirect_uri differs');
  if (!(await verifierMatches(form.get('code_verifier') ?? '', challenge))) {
    return refused('code_verifier does not match');
  }
  const wantsRefresh = grant.scopes.some(
    (scope) => scope === 'online_access' || scope === 'offline_access',
  );
  const refreshToken =
    wantsRefresh && deps.vendor.refresh !== 'none' ? deps.grants.addRefreshToken(grant) : undefined;
  return oauthJson(await tokenResponse(grant, refreshToken, deps));
}

async function refresh(
  form: URLSearchParams,
  client: SandboxClient,
  grant: Grant | undefined,
  deps: SmartDeps,
): Promise<Response> {
  const old = form.get('refresh_token') ?? '';
  if (grant === undefined || grant.clientId !== client.id) {
    return oauthError(400, 'invalid_grant', 'The refresh token is not valid');
  }
  const narrowed = narrow(grant, form.get('scope'));
  if (narrowed === undefined) {
    return oauthError(400, 'invalid_scope', 'A refresh cannot widen the scopes');
  }
  const wait = tooSoon(grant, deps);
  if (wait > 0) {
    const throttled = oauthError(429, 'temporarily_unavailable', 'Refreshed a moment ago');
    throttled.headers.set('retry-after', String(wait));
    return throttled;
  }
  deps.grants.refreshed(grant.family);
  const next = deps.vendor.refresh === 'keep' ? old : deps.grants.rotate(old, grant);
  return oauthJson(await tokenResponse(narrowed, next, deps));
}

/** Seconds until this session may refresh again. */
function tooSoon({ family }: Grant, { clock, grants, vendor }: SmartDeps): number {
  const last = grants.lastRefresh(family);
  if (last === undefined) return 0;
  return Math.ceil(vendor.secondsBetweenRefreshes - (clock.now() - last) / 1000);
}

/** A refresh may ask for less than was granted, never for more (RFC 6749 §6). */
function narrow(grant: Grant, scope: string | null): Grant | undefined {
  if (scope === null || scope === '') return grant;
  const scopes = scope.split(/\s+/);
  return scopes.every((one) => grant.scopes.includes(one)) ? { ...grant, scopes } : undefined;
}
