import type { HelpDeskKey } from '#src/domain/site-config.ts';

/** Flattened JWE JSON (RFC 7516 §7.2.2): any JOSE tool opens it with the private key. */
export interface Jwe {
  readonly protected: string;
  readonly encrypted_key: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

const TAG_BYTES = 16;
const utf8 = (text: string) => new TextEncoder().encode(text);

const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A fresh AES-256-GCM key for each file, wrapped by RSA-OAEP-256. */
export async function encryptFor(key: HelpDeskKey, text: string): Promise<Jwe> {
  const { kty, n, e, kid } = key;
  const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', ...(kid && { kid }) };
  const publicKey = await crypto.subtle.importKey(
    'jwk',
    { kty, n, e },
    { name: 'RSA-OAEP', hash: 'SHA-256' },
    false,
    ['encrypt'],
  );
  const contentKey = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const protectedHeader = base64url(utf8(JSON.stringify(header)));
  const aes = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt']);
  const [wrapped, sealed] = await Promise.all([
    crypto.subtle.encrypt({ name: 'RSA-OAEP' }, publicKey, contentKey),
    crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(protectedHeader) },
      aes,
      utf8(text),
    ),
  ]);
  contentKey.fill(0);
  const bytes = new Uint8Array(sealed);
  return {
    protected: protectedHeader,
    encrypted_key: base64url(new Uint8Array(wrapped)),
    iv: base64url(iv),
    ciphertext: base64url(bytes.subarray(0, -TAG_BYTES)),
    tag: base64url(bytes.subarray(-TAG_BYTES)),
  };
}
