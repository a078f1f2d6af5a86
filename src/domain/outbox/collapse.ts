import type { Answer } from '../feedback.ts';
import { mayHaveLeft, type QueuedAnswer } from './queued-answer.ts';

/** What has to leave the queue, in the same transaction, for a new answer or retraction. */
export interface Collapse {
  readonly answer: Answer;
  readonly remove: QueuedAnswer | undefined;
  /** False: with what was removed, everything is said; nothing has to be sent. */
  readonly send: boolean;
}

const replacedBy = (answer: Answer, items: readonly QueuedAnswer[]) =>
  items.find((item) => item.kind === 'answer' && item.id === answer.replaces?.id);

/** The new answer takes the place of the old one in the chain. */
function inPlaceOf(answer: Answer, earlier: Answer): Answer {
  const { replaces: _replaced, ...rest } = answer;
  return earlier.replaces ? { ...rest, replaces: earlier.replaces } : rest;
}

/**
 * A change of mind. Where the earlier answer certainly never left, it goes: nobody saw it, and a
 * chain of two would claim otherwise. Where it may have left, both are kept and sent in order.
 */
export function amend(answer: Answer, items: readonly QueuedAnswer[], tab: string): Collapse {
  const earlier = replacedBy(answer, items);
  if (!earlier || mayHaveLeft(earlier, tab)) return { answer, remove: undefined, send: true };
  return { answer: inPlaceOf(answer, earlier.answer), remove: earlier, send: true };
}

/**
 * Taking back. What never left is simply not sent; if it was itself to replace an earlier answer,
 * that one is taken back, since the clinician has left it too. What may have left is not sent again:
 * the retraction looks for it on the server.
 */
export function retract(withdrawal: Answer, items: readonly QueuedAnswer[], tab: string): Collapse {
  const earlier = replacedBy(withdrawal, items);
  if (!earlier) return { answer: withdrawal, remove: undefined, send: true };
  if (mayHaveLeft(earlier, tab)) return { answer: withdrawal, remove: earlier, send: true };
  const answer = inPlaceOf(withdrawal, earlier.answer);
  return { answer, remove: earlier, send: answer.replaces !== undefined };
}

/** The earlier answer is on the server now: who replaces it may name the place. */
export function knowing(item: QueuedAnswer, id: string, reference: string): QueuedAnswer {
  const { replaces } = item.answer;
  if (replaces?.id !== id || replaces.reference !== undefined) return item;
  return { ...item, answer: { ...item.answer, replaces: { id, reference } } };
}
