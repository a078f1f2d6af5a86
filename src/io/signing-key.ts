import { type CryptoKey, exportJWK, importJWK, importPKCS8, importSPKI, type JWK } from 'jose';

/** A private key of a service, and the algorithm that it is for. */
export interface SigningKey {
  readonly key: CryptoKey | Uint8Array;
  readonly alg: 'RS384' | 'ES384';
  readonly kid: string | undefined;
}

/** The text is no key that can be used. The message has the cure, and nothing of the key. */
export class BadKey extends Error {}

/**
 * A private key from its text: JWK, JWK set, or PEM (PKCS #8). Throws `BadKey`.
 * @param keyId `kid` of a PEM, which has none of its own
 */
export async function readSigningKey(text: string, keyId?: string): Promise<SigningKey> {
  try {
    const found = text.trimStart().startsWith('{') ? await fromJwk(text) : await fromPem(text);
    return { ...found, kid: keyId ?? found.kid };
  } catch {
    // The cause may quote the key.
    throw new BadKey(
      'The key is no private key of a kind that SMART takes: RSA (RS384) or EC P-384 (ES384).',
    );
  }
}

async function fromJwk(text: string): Promise<SigningKey> {
  const { keys, ...single } = JSON.parse(text);
  const jwk = Array.isArray(keys) ? keys.find(({ d } = {}) => d !== undefined) : single;
  if (typeof jwk?.d !== 'string') throw new Error('no private key');
  const alg = jwk.kty === 'EC' ? 'ES384' : 'RS384';
  return { key: await importJWK(jwk, alg), alg, kid: jwk.kid };
}

async function fromPem(text: string): Promise<SigningKey> {
  // A PEM does not say what it is before it is opened.
  const rsa = await importPKCS8(text, 'RS384').catch(() => undefined);
  if (rsa) return { key: rsa, alg: 'RS384', kid: undefined };
  return { key: await importPKCS8(text, 'ES384'), alg: 'ES384', kid: undefined };
}

/** What others check signatures with: of a public key, or of the private one. Throws `BadKey`. */
export async function readPublicKey(text: string): Promise<SigningKey> {
  try {
    if (text.includes('BEGIN PUBLIC KEY')) return await fromSpki(text);
    const jwk = publicPart(text.trimStart().startsWith('{') ? jwkIn(text) : await pemAsJwk(text));
    const alg = jwk.kty === 'EC' ? 'ES384' : 'RS384';
    return { key: await importJWK(jwk, alg), alg, kid: jwk.kid };
  } catch {
    // The cause may quote the key.
    throw new BadKey('The key is no key of a kind that signs: RSA (RS384) or EC P-384 (ES384).');
  }
}

/** The public half of a private key, as a JWK that may be given to anybody. Throws `BadKey`. */
export async function publicJwkOf(text: string): Promise<JWK> {
  const { key, kid } = await readPublicKey(text);
  return { ...(await exportJWK(key)), ...(kid !== undefined && { kid }) };
}

function jwkIn(text: string): JWK {
  const { keys, ...single } = JSON.parse(text);
  return Array.isArray(keys) ? keys[0] : single;
}

const pemAsJwk = async (text: string): Promise<JWK> => {
  // As above: it is tried.
  const rsa = await importPKCS8(text, 'RS384', { extractable: true }).catch(() => undefined);
  return await exportJWK(rsa ?? (await importPKCS8(text, 'ES384', { extractable: true })));
};

/** Named one by one, so that no private number can come along. */
const publicPart = ({ kty, kid, n, e, crv, x, y }: JWK): JWK =>
  Object.fromEntries(
    Object.entries({ kty, kid, n, e, crv, x, y }).filter(([, one]) => one !== undefined),
  );

async function fromSpki(text: string): Promise<SigningKey> {
  // As above: it is tried.
  const rsa = await importSPKI(text, 'RS384').catch(() => undefined);
  if (rsa) return { key: rsa, alg: 'RS384', kid: undefined };
  return { key: await importSPKI(text, 'ES384'), alg: 'ES384', kid: undefined };
}
