import { bearerOf } from './bearer.ts';
import { authenticateClient } from './client-authentication.ts';
import type { SmartDeps } from './deps.ts';
import { oauthError, oauthJson } from './oauth-response.ts';
import { contextClaims, fhirUserOf } from './token-response.ts';

/**
 * Token introspection (SMART 2.2 §7.1, RFC 7662 §2.1). The caller shows that it may ask: a live access
 * token of its own, the very token in question, or the secret of a confidential client.
 */
export async function introspect(request: Request, deps: SmartDeps): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const asked = form.get('token') ?? '';
  if (!mayAsk(request, form, asked, deps)) {
    return oauthError(
      401,
      'invalid_client',
      'Introspection needs a bearer token or a client secret',
    );
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

function mayAsk(request: Request, form: URLSearchParams, asked: string, deps: SmartDeps): boolean {
  const bearer = bearerOf(request);
  if (bearer !== undefined) {
    return bearer === asked || deps.grants.accessToken(bearer) !== undefined;
  }
  return authenticateClient(request, form, deps.clients)?.secret !== undefined;
}
