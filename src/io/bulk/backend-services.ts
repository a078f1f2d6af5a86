import { SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import { GUARDED, within } from '../guarded-request.ts';
import { BadKey, readSigningKey, type SigningKey } from '../signing-key.ts';
import { isSafe } from './addresses.ts';
import type { TokenSource } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';

/** A client that a server knows by its public key (SMART 2.2, Backend Services). */
export interface BackendClient {
  readonly baseUrl: string;
  readonly clientId: string;
  /** A private key as its text: JWK, JWK set, or PEM (PKCS #8). Never told to anybody. */
  readonly key: string;
  /** `kid` of a PEM, which has none of its own. */
  readonly keyId: string | undefined;
  /** What may be read; each becomes `system/Type.rs`. */
  readonly types: readonly string[];
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly tell: (words: string) => void;
}

/** SMART allows five minutes at most. */
const ASSERTION_S = 300;
/** A token is not used to its last second. */
const MARGIN_MS = 30_000;
/** Where a server does not say; the recommendation is at most five minutes. */
const USUAL_LIFETIME_S = 300;
const TIMEOUT_MS = 30_000;

/** A token whenever one is needed: kept while it lasts, then another by a new assertion. Throws `BulkError`. */
export function backendTokens(client: BackendClient): TokenSource {
  const { clock } = client;
  let signing: Promise<SigningKey> | undefined;
  let held: { readonly token: string; readonly until: number } | undefined;

  async function another(): Promise<string> {
    signing ??= signingKey(client);
    const { endpoint, scope } = await discover(client);
    const assertion = await sign(await signing, client, endpoint);
    const body = await ask(client, endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }).toString(),
    });
    const { access_token: token, expires_in: lifetime } = body;
    if (typeof token !== 'string' || token === '')
      throw new BulkError('no-token', 'The server answered the sign-in without a token.');
    const ms = (typeof lifetime === 'number' ? lifetime : USUAL_LIFETIME_S) * 1_000;
    held = { token, until: clock.now() + ms - Math.min(MARGIN_MS, ms / 2) };
    return token;
  }

  return {
    current: async () => (held && clock.now() < held.until ? held.token : another()),
    async renew(refused) {
      if (held?.token === refused) held = undefined;
      return true;
    },
  };
}

/** The one endpoint of the server, and the narrowest scopes in the words that it understands. */
async function discover(client: BackendClient) {
  const found = await ask(client, new URL(`${client.baseUrl}/.well-known/smart-configuration`), {});
  const { token_endpoint: endpoint, capabilities, scopes_supported: offered } = found;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || !isSafe(new URL(endpoint)))
    throw new BulkError('no-token', 'The server names no token endpoint that is safe to ask.');
  const said: readonly unknown[] = Array.isArray(capabilities) ? capabilities : [];
  const right = said.includes('permission-v1') && !said.includes('permission-v2') ? 'read' : 'rs';
  const wanted = client.types.map((type) => `system/${type}.${right}`);
  // A server that names its types may refuse to hear of another (seen at the SMART reference server).
  const known = wanted.filter((one) => Array.isArray(offered) && offered.includes(one));
  if (known.length > 0 && known.length < wanted.length)
    client.tell(`not offered: ${wanted.filter((one) => !known.includes(one)).join(', ')}`);
  const scope = (known.length > 0 ? known : wanted).join(' ');
  return { endpoint: new URL(endpoint), scope: scope === '' ? `system/*.${right}` : scope };
}

const sign = ({ key, alg, kid }: SigningKey, { clientId, clock }: BackendClient, endpoint: URL) =>
  new SignJWT({})
    .setProtectedHeader({ alg, typ: 'JWT', ...(kid !== undefined && { kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(endpoint.href)
    .setExpirationTime(Math.floor(clock.now() / 1_000) + ASSERTION_S)
    .setJti(crypto.randomUUID())
    .sign(key);

const ask = (
  { fetch, clock }: BackendClient,
  url: URL,
  init: RequestInit,
): Promise<Readonly<Record<string, unknown>>> =>
  within(TIMEOUT_MS, clock, async (signal) => {
    try {
      const headers = { accept: 'application/json', ...init.headers };
      const response = await fetch(url, { ...init, ...GUARDED, headers, signal });
      if (!response.ok) throw new BulkError('no-token', await refusal(response));
      const body: unknown = await response.json();
      return typeof body === 'object' && body !== null ? { ...body } : {};
    } catch (cause) {
      if (cause instanceof BulkError) throw cause;
      // Neither the request nor its failure is passed on: the assertion is in one of them.
      throw new BulkError('no-token', `${url.origin} could not be asked for a token.`);
    }
  });

/** RFC 6749 §5.2: the code, and not the description, which could repeat what was sent. */
async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  const code = /"error"\s*:\s*"([a-z_]{1,40})"/.exec(text)?.[1];
  return `The server gave no token: ${code ?? 'no reason given'} (HTTP ${response.status}).`;
}

async function signingKey({ key, keyId }: BackendClient): Promise<SigningKey> {
  try {
    return await readSigningKey(key, keyId);
  } catch (cause) {
    if (cause instanceof BadKey) throw new BulkError('bad-key', cause.message);
    throw cause;
  }
}
