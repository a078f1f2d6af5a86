import type { SmartDeps } from './deps.ts';
import { oauthError, oauthJson } from './oauth-response.ts';
import { contextClaims, fhirUserOf } from './token-response.ts';

/**
 * Token introspection (SMART 2.2 §7.1, RFC 7662). The caller shows that it may ask with a live access
 * token of its own, or with the very token in question.
 */
export async function introspect(request: Request, deps: SmartDeps): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const asked = form.get('token') ?? '';
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer === undefined || (bearer !== asked && deps.grants.accessToken(bearer) === undefined)) {
    return oauthError(401, 'invalid_client', 'Introspection needs a bearer token');
  }
  const known = deps.grants.accessToken(asked);
  if (known === undefined) return oauthJson({ active: false });
  const { grant, expiresAt, issuedAt } = known;
  return oauthJson({
    active: true,
    iss: deps.fhirBase,
    sub: grant.context.user,
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
    iat: Math.floor(issuedAt / 1000),
    exp: Math.floor(expiresAt / 1000),
    token_type: 'Bearer',
    fhirUser: fhirUserOf(grant.context, deps),
    ...contextClaims(grant.context, deps),
  });
}
