import type { Database } from './database.ts';
import { OutboxError } from './outbox-store.ts';

/**
 * One transaction or more on a database that may have been closed under us: then once more, on one
 * that is opened `again`. Throws `OutboxError`.
 */
export async function onDatabase<T>(
  open: (again: boolean) => Promise<Database>,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  try {
    return await work(await open(false));
  } catch (cause) {
    if (!isClosed(cause)) throw refusal(cause);
  }
  try {
    return await work(await open(true));
  } catch (cause) {
    throw refusal(cause);
  }
}

const named = (cause: unknown, ...names: string[]): boolean =>
  cause instanceof Error && names.includes(cause.name);

/** The connection ended under us: another tab upgraded or deleted the database. */
const isClosed = (cause: unknown): boolean =>
  named(cause, 'InvalidStateError', 'AbortError') && !named(cause, 'QuotaExceededError');

/** In words for the clinician. */
function refusal(cause: unknown): OutboxError {
  if (cause instanceof OutboxError) return cause;
  if (named(cause, 'QuotaExceededError'))
    return new OutboxError('The storage of this device is full.', cause);
  return new OutboxError('This device did not keep it.', cause);
}
