import { utf8 } from './base64url.ts';
import type { PublicJwk, SandboxClient } from './client.ts';
import type { SmartDeps } from './deps.ts';
import { oauthError, oauthJson } from './oauth-response.ts';
import { grantedScopes } from './scopes.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const MOST_SECONDS = 300;

/** By the `alg` of a JWS: what verifies it (SMART 2.2 §4.2.2 knows these two). */
const ALGORITHMS = {
  RS384: {
    load: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
    verify: { name: 'RSASSA-PKCS1-v1_5' },
  },
  ES384: {
    load: { name: 'ECDSA', namedCurve: 'P-384' },
    verify: { name: 'ECDSA', hash: 'SHA-384' },
  },
} as const;

interface Assertion {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** A service signs in by a signed assertion and gets no refresh token (SMART 2.2, Backend Services). */
export async function backendToken(form: URLSearchParams, deps: SmartDeps): Promise<Response> {
  const refused = (text: string) => oauthError(401, 'invalid_client', text);
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) return refused('No assertion');
  const assertion = parse(form.get('client_assertion') ?? '');
  if (assertion === undefined) return refused('The assertion is not a JWT');
  const client = deps.clients.find(({ id }) => id === assertion.claims.iss);
  if (client?.jwks === undefined) return refused('The client is not known');
  const wrong = wrongClaim(assertion, deps);
  if (wrong !== undefined) return refused(wrong);
  if (!(await isSigned(assertion, client))) return refused('The signature is not by a known key');
  if (!deps.grants.spendAssertion(String(assertion.claims.jti))) return refused('jti was used');
  const asked = form.get('scope') ?? '';
  const scopes = grantedScopes(asked, client.scopes, true).filter((one) =>
    one.startsWith('system/'),
  );
  if (scopes.length === 0) return oauthError(400, 'invalid_scope', 'No scope can be granted');
  const { grants } = deps;
  const context = { clientId: client.id, user: '' };
  const grant = { clientId: client.id, scopes, context, family: grants.newFamily() };
  const lifetime = Math.min(deps.accessTokenSeconds, MOST_SECONDS);
  return oauthJson({
    access_token: grants.addAccessToken(grant, lifetime),
    token_type: 'bearer',
    expires_in: lifetime,
    scope: scopes.join(' '),
  });
}

function wrongClaim({ claims }: Assertion, { clock, smartBase }: SmartDeps): string | undefined {
  const { iss, sub, aud, exp, jti } = claims;
  const now = Math.floor(clock.now() / 1000);
  if (iss !== sub) return 'iss and sub differ';
  if (aud !== `${smartBase}/token`) return 'aud is another place';
  if (typeof exp !== 'number' || exp <= now) return 'The assertion has expired';
  if (exp > now + MOST_SECONDS) return 'The assertion lives for more than five minutes';
  return typeof jti === 'string' && jti !== '' ? undefined : 'jti is missing';
}

async function isSigned({ header, signed, signature }: Assertion, { jwks }: SandboxClient) {
  const { alg, kid } = header;
  if (alg !== 'RS384' && alg !== 'ES384') return false;
  const key = jwks?.keys.find((one) => one.kid === kid);
  if (key === undefined) return false;
  const { load, verify } = ALGORITHMS[alg];
  const usable: PublicJwk = { ...key, key_ops: ['verify'] };
  const loaded = await crypto.subtle.importKey('jwk', usable, load, false, ['verify']);
  return crypto.subtle.verify(verify, loaded, signature, utf8(signed));
}

function parse(jwt: string): Assertion | undefined {
  const [header, claims, signature, ...more] = jwt.split('.');
  if (header === undefined || claims === undefined || signature === undefined || more.length > 0)
    return undefined;
  try {
    return {
      header: JSON.parse(text(header)) as Record<string, unknown>,
      claims: JSON.parse(text(claims)) as Record<string, unknown>,
      signed: `${header}.${claims}`,
      signature: Uint8Array.from(text(signature), (char) => char.charCodeAt(0)),
    };
  } catch {
    // What cannot be decoded is nobody's.
    return undefined;
  }
}

const text = (part: string): string => atob(part.replaceAll('-', '+').replaceAll('_', '/'));
