import { base64url, utf8 } from './base64url.ts';

/** Signs id_tokens with RS256, which every OpenID Connect client must understand (OIDC Core §15.1). */
export interface SigningKey {
  sign(claims: Record<string, unknown>): Promise<string>;
  /** The public half, for `jwks_uri`. */
  jwks(): Promise<{ keys: JsonWebKey[] }>;
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};

/** The key is made when it is first needed: most tests never look at an id_token. */
export function createSigningKey(): SigningKey {
  const kid = crypto.randomUUID();
  let pair: Promise<CryptoKeyPair> | undefined;
  const keys = () => {
    pair ??= crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
    return pair;
  };
  return {
    async sign(claims) {
      const { privateKey } = await keys();
      const encode = (part: unknown) => base64url(utf8(JSON.stringify(part)));
      const input = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`;
      const signature = await crypto.subtle.sign(ALGORITHM.name, privateKey, utf8(input));
      return `${input}.${base64url(signature)}`;
    },
    async jwks() {
      const { publicKey } = await keys();
      const { kty, n, e } = await crypto.subtle.exportKey('jwk', publicKey);
      return { keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' } as JsonWebKey] };
    },
  };
}
