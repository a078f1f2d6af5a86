import { systemClock } from '#src/io/clock.ts';
import { GUARDED, within } from '#src/io/guarded-request.ts';
import { UsageError } from '../command.ts';

const TIMEOUT_MS = 30_000;
const SAFE = /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/i;

/**
 * Sends a statement to where nobody who writes to the store can change it. It holds no patient data. A
 * bearer token comes from the environment, `CLINICIAN_FEEDBACK_ANCHOR_TOKEN`. Throws with the cure.
 */
export async function keepOutside(url: string, jws: string): Promise<void> {
  if (!URL.canParse(url) || !SAFE.test(url))
    throw new UsageError('--anchor-url takes an address that begins with https://.');
  const token = process.env.CLINICIAN_FEEDBACK_ANCHOR_TOKEN?.trim();
  const response = await within(TIMEOUT_MS, systemClock, (signal) =>
    fetch(url, {
      ...GUARDED,
      method: 'POST',
      headers: {
        'content-type': 'application/jose',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: jws,
      signal,
    }),
  ).catch((cause: unknown) => {
    throw new Error(`${new URL(url).origin} could not be reached; nothing was anchored.`, {
      cause,
    });
  });
  if (!response.ok)
    throw new Error(
      `${new URL(url).origin} did not take the statement (HTTP ${response.status}); nothing was anchored.`,
    );
}
