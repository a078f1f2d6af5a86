import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { RelayMapping } from '#src/domain/site-config.ts';
import { toCdsFeedback } from '#src/fhir/projections/cds-feedback.ts';
import type { Clock } from '#src/io/clock.ts';
import { GUARDED, within } from '#src/io/guarded-request.ts';
import { errorFromFailure, errorFromResponse, refuseRedirect } from '#src/io/http-errors.ts';
import { failureOf } from './attempt-failure.ts';

export interface RelayContext {
  readonly relay: RelayMapping;
  readonly fetch: typeof globalThis.fetch;
  /** Asked only where the relay is configured to take the EHR's token. */
  readonly authorization: () => Promise<Readonly<Record<string, string>>>;
  readonly clock: Clock;
}

const TIMEOUT_MS = 20_000;

/**
 * Sends CDS Hooks feedback to the hospital's relay. The relay recognises a repeat by card and
 * timestamp; there is nothing to read back. Never throws.
 */
export async function sendFeedback(
  context: RelayContext,
  { answer }: QueuedAnswer,
  leaving: boolean,
): Promise<AttemptResult> {
  const body = toCdsFeedback(answer, context.relay.cardIdentifierSystem);
  if (!body) return { kind: 'unwritable', sent: false };
  const sent = { any: false };
  try {
    await post(context, JSON.stringify(body), leaving, sent);
    return { kind: 'stored', reference: '', lost: [], sent: true };
  } catch (cause) {
    return failureOf(cause, sent.any);
  }
}

async function post(
  { relay, fetch, authorization, clock }: RelayContext,
  body: string,
  keepalive: boolean,
  sent: { any: boolean },
): Promise<void> {
  const headers = relay.auth === 'ehr-token' ? await authorization() : {};
  sent.any = true;
  await within(TIMEOUT_MS, clock, async (signal) => {
    try {
      const response = await fetch(relay.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        keepalive,
        signal,
        ...GUARDED,
      });
      refuseRedirect(response);
      if (!response.ok) throw errorFromResponse(response, undefined, clock.now());
    } catch (cause) {
      throw errorFromFailure(cause, signal.aborted, false);
    }
  });
}
