import type { Finding } from '#src/domain/governance/limits/escalation.ts';
import type { Clock } from '../clock.ts';

/** Where notifications go, and the key that both sides know. */
export interface Webhook {
  readonly url: string;
  readonly key: Uint8Array<ArrayBuffer>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** What a notification says: which matter, about which model, who answers until when. Nobody's data. */
export interface WebhookMessage {
  /** The same however often it is sent. */
  readonly id: string;
  readonly type: 'escalation.raised' | 'escalation.overdue';
  readonly data: Pick<Finding, 'level' | 'title'> & {
    /** Address of the Task. */
    readonly task: string;
    readonly to: string;
    readonly acknowledgeBy: string | undefined;
    readonly actBy: string | undefined;
    /** What was done by itself. */
    readonly action: string | undefined;
  };
}

/** No answer that says it was taken; it is sent again at the next run, with the same id. */
export class WebhookFailed extends Error {}

const WAITS_MS: readonly number[] = [1_000, 5_000];
const TIMEOUT_MS = 10_000;

/** Sends until it is taken, three times at most. Throws `WebhookFailed`, whose message names no address. */
export async function notify(webhook: Webhook, message: WebhookMessage): Promise<void> {
  for (const wait of [...WAITS_MS, undefined]) {
    const failure = await attempt(webhook, message);
    if (failure === undefined) return;
    if (wait === undefined) throw new WebhookFailed(`The webhook was not taken: ${failure}.`);
    await new Promise<void>((done) => webhook.clock.after(wait, done));
  }
}

/** Why it was not taken; undefined: it was. */
async function attempt(webhook: Webhook, { id, type, data }: WebhookMessage) {
  const { url, clock } = webhook;
  const seconds = Math.floor(clock.now() / 1_000);
  const body = JSON.stringify({ type, timestamp: new Date(seconds * 1_000).toISOString(), data });
  const aborter = new AbortController();
  const cancel = clock.after(TIMEOUT_MS, () => aborter.abort());
  try {
    const response = await webhook.fetch(url, {
      method: 'POST',
      // Somewhere else nobody has agreed on a key.
      redirect: 'manual',
      signal: aborter.signal,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': `v1,${await signature(webhook.key, `${id}.${seconds}.${body}`)}`,
      },
      body,
    });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch {
    // What fetch says may quote the address, and a secret in it.
    return 'no answer';
  } finally {
    cancel();
  }
}

/** HMAC-SHA-256 in base64, as the Standard Webhooks specification has it. */
export async function signature(key: Uint8Array<ArrayBuffer>, signed: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(signed));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

/** Fewer bytes could be guessed. */
const LEAST_KEY_BYTES = 24;

/** A key as others write it: `whsec_` and base64. Undefined: it is none, or too short. */
export function webhookKey(text: string): Uint8Array<ArrayBuffer> | undefined {
  const base64 = text.trim().replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined;
  const key = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  return key.length < LEAST_KEY_BYTES ? undefined : key;
}
