import { authenticateClient } from './client-authentication.ts';
import type { SmartDeps } from './deps.ts';
import { oauthError } from './oauth-response.ts';

/** Token revocation (RFC 7009). An unknown token is no error: it is as dead as it should be. */
export async function revoke(request: Request, deps: SmartDeps): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const client = authenticateClient(request, form, deps.clients);
  if (client === undefined) return oauthError(401, 'invalid_client', 'The client is not known');
  const token = form.get('token') ?? '';
  const owner = deps.grants.accessToken(token)?.grant ?? deps.grants.refreshToken(token);
  if (owner?.clientId === client.id) deps.grants.revoke(token);
  return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
}
