import type { Access } from '../fhir/access.ts';
import { outcome } from '../fhir/outcome.ts';
import { outcomeResponse } from '../fhir/respond.ts';
import type { Compartment } from './compartment.ts';
import type { EhrTokens } from './ehr-tokens.ts';
import type { Grants } from './grants.ts';
import { scopedAccess } from './scoped-access.ts';

export interface BearerDeps {
  readonly grants: Grants;
  readonly compartment: Compartment;
  /** Absent: only tokens of our own are taken. */
  readonly ehrTokens: EhrTokens | undefined;
}

/** The permissions behind the bearer token, or the 401 that refuses it (RFC 6750 §3). */
export async function authorizeBearer(
  request: Request,
  { grants, compartment, ehrTokens }: BearerDeps,
): Promise<Access | Response> {
  const token = bearerOf(request);
  if (token === undefined) return unauthorized('A bearer token is required', undefined);
  const own = grants.accessToken(token);
  if (own !== undefined) {
    const { patient, user } = own.grant.context;
    const patientIds = patient === undefined ? [] : [patient];
    const { scopes } = own.grant;
    const access = scopedAccess(scopes, patientIds, compartment);
    if (scopes.every((scope) => scope.startsWith('system/'))) return { ...access, system: true };
    return {
      ...access,
      user: `Practitioner/${user}`,
    };
  }
  const foreign = await ehrTokens?.look(token);
  if (foreign instanceof Error) return outcomeResponse(outcome(503, foreign.message));
  if (foreign === undefined)
    return unauthorized('The token is expired or revoked', 'invalid_token');
  return scopedAccess(foreign.scopes, foreign.patientIds, compartment);
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
