import type { DeliveryState } from '../delivery.ts';
import { type AttentionReason, type RowName, rowNamed, rowNameOf } from './policy.ts';
import { type Delivered, type QueuedItem, undoUntil } from './queued-answer.ts';

/** What the clinician reads about an answer or a report that is not on the server yet. */
const WORDS: Readonly<Partial<Record<RowName, string>>> = {
  network: 'The server could not be reached.',
  timeout: 'The server took too long to answer.',
  aborted: 'The request was cancelled.',
  'not-fhir': 'The server answered with a page instead of FHIR, perhaps a proxy.',
  settling: 'It may have arrived; the server is asked again before anything is repeated.',
  'empty-201': 'The server said that it stored it, but does not find it.',
  'other-resource': 'The server answered with something else than what was sent.',
  unreadable: 'The server says that it stored it, but it could not be read back.',
  'http-409': 'Somebody else changed it at the same time.',
  'http-429': 'The server is busy.',
  'http-503': 'The server is busy.',
};

const REASONS: Readonly<Record<AttentionReason, string>> = {
  refused: 'The server did not accept it.',
  forbidden: 'The EHR does not allow this app to do that.',
  'no-such-place': 'The server takes nothing of this kind.',
  gone: 'The server no longer takes it.',
  'too-large': 'It is too large for the server; shorten the comment.',
  duplicates: 'The server holds it more than once and that could not be put right.',
  unconfirmed: 'The server said that it stored it, but never showed it.',
  unreadable: 'The server says that it stored it, but it could not be read back.',
  'wrong-patient': 'The server filed it under another patient. Tell your informatics team at once.',
  'foreign-origin': 'The server pointed outside its own address.',
  unwritable: 'It cannot be written as FHIR.',
  'in-doubt': 'It may be there, and cannot be sent again without making a second one.',
  'no-sink': 'This site no longer files anything there.',
};

/** Reasons by which the server, or we, said no; in the others nobody knows. */
const UNDECIDED: ReadonlySet<AttentionReason> = new Set([
  'unconfirmed',
  'unreadable',
  'duplicates',
  'in-doubt',
]);

function reasonOf(item: QueuedItem, said: string | undefined): string {
  const { last } = item;
  const reason = last && rowNamed(last, true).reason;
  const words =
    last === undefined
      ? 'No answer yet.'
      : item.phase === 'attention' && reason
        ? REASONS[reason]
        : (WORDS[rowNameOf(last)] ?? 'The server failed.');
  return said ? `${words} The server says: ${said}` : words;
}

/** What a sink has, as the card tells it. */
export function deliveredState(delivered: Delivered | undefined): DeliveryState {
  const { at = '', reference = '', lost = [] } = delivered ?? {};
  return lost.length === 0
    ? { state: 'stored', at, reference }
    : { state: 'degraded', at, reference, lost };
}

/** An undelivered item as the card tells it. `said` is the server's own refusal, kept in memory. */
export function deliveryOf(
  item: QueuedItem,
  durable: boolean,
  said: string | undefined,
): DeliveryState {
  switch (item.phase) {
    case 'held':
      return { state: 'held', until: new Date(undoUntil(item)).toISOString(), durable };
    case 'delivered':
      return deliveredState(item.delivered);
    case 'sending':
      return { state: 'sending', durable };
    case 'queued':
      return item.last === undefined
        ? { state: 'sending', durable }
        : { state: 'unknown', reason: reasonOf(item, said), durable };
    case 'waiting-sign-in':
    case 'waiting-patient':
      return { state: item.phase, durable };
    case 'attention': {
      const reason = item.last && rowNamed(item.last, true).reason;
      const state = reason && UNDECIDED.has(reason) ? 'unknown' : 'rejected';
      return { state, reason: reasonOf(item, said), durable };
    }
  }
}
