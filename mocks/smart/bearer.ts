import type { Access } from '../fhir/access.ts';
import { outcome } from '../fhir/outcome.ts';
import { outcomeResponse } from '../fhir/respond.ts';
import type { Compartment } from './compartment.ts';
import type { Grants } from './grants.ts';
import { scopedAccess } from './scoped-access.ts';

/** The permissions behind the bearer token, or the 401 that refuses it (RFC 6750 §3). */
export function authorizeBearer(
  request: Request,
  grants: Grants,
  compartment: Compartment,
): Access | Response {
  const token = bearerOf(request);
  if (token === undefined) return unauthorized('A bearer token is required', undefined);
  const known = grants.accessToken(token);
  if (known === undefined) return unauthorized('The token is expired or revoked', 'invalid_token');
  const { context, scopes } = known.grant;
  return scopedAccess(scopes, context.patient, compartment);
}

export function bearerOf(request: Request): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

function unauthorized(text: string, error: string | undefined): Response {
  const response = outcomeResponse(outcome(401, text));
  const detail = error === undefined ? '' : `, error="${error}", error_description="${text}"`;
  response.headers.set('www-authenticate', `Bearer realm="sandbox"${detail}`);
  return response;
}
