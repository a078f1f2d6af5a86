import type { Owner, QueuedItem, Schedule } from '#src/domain/outbox/queued-answer.ts';

/** What an item says and about whom; the rest of it is schedule. */
export type Content = ContentOf<QueuedItem>;
/** Of each kind of item by itself. */
type ContentOf<T> = T extends unknown ? Omit<T, 'id' | keyof Schedule> : never;

export interface Sealed {
  readonly version: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

const CONTENT_VERSION = 1;

/** Without `extractable` the key works in this origin of this browser profile and nowhere else. */
export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

/** Names the owner in the database without saying who it is. */
export async function ownerDigest({ issuer, user }: Owner): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([issuer, user]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sealed for one item of one owner: moved to another, it does not open. */
const boundTo = (id: string, { issuer, user }: Owner, version: number) =>
  new TextEncoder().encode(JSON.stringify([version, id, issuer, user]));

/** AES-GCM with a fresh 96-bit nonce each time (NIST SP 800-38D §8.2.2). `value`: as JSON. */
export async function sealValue(
  key: CryptoKey,
  id: string,
  owner: Owner,
  value: unknown,
): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = boundTo(id, owner, CONTENT_VERSION);
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes);
  return { version: CONTENT_VERSION, iv, data };
}

/** Throws when the key, the owner or the item is another one, or anything was changed. */
export async function unsealValue(
  key: CryptoKey,
  id: string,
  owner: Owner,
  { version, iv, data }: Sealed,
): Promise<unknown> {
  const additionalData = boundTo(id, owner, version);
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data);
  return JSON.parse(new TextDecoder().decode(bytes));
}

export function seal(key: CryptoKey, id: string, content: Content): Promise<Sealed> {
  const { kind, owner, patient, subject, answer, report, target, superseded } = content;
  const value = { kind, owner, patient, subject, answer, report, target, superseded };
  return sealValue(key, id, owner, value);
}

export async function unseal(
  key: CryptoKey,
  id: string,
  owner: Owner,
  sealed: Sealed,
): Promise<Content> {
  return { ...((await unsealValue(key, id, owner, sealed)) as Content), owner };
}
