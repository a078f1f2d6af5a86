import type { Answer } from '../feedback.ts';
import { mayHaveLeft, type QueuedAnswer, type QueuedItem } from './queued-answer.ts';

/**
 * What has to leave the queue, in the same transaction, for a new answer or retraction. `items` are
 * always those of one sink: what has left for one may never have left for another.
 */
export interface Collapse {
  readonly answer: Answer;
  readonly remove: QueuedAnswer | undefined;
  /** False: with what was removed, everything is said; nothing has to be sent. */
  readonly send: boolean;
  /** What the retraction takes back, if it may be on its way yet. */
  readonly target?: QueuedAnswer;
}

const replacedBy = (answer: Answer, items: readonly QueuedAnswer[]) =>
  items.find((item) => item.kind === 'answer' && item.answer.id === answer.replaces?.id);

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
 * that one is taken back, since the clinician has left it too. What may have left is brought to its
 * end first, and marked then: a retraction of what is not there yet would leave its predecessor
 * current. Only what waits for a person goes at once; the retraction looks for it on the server.
 */
export function retract(withdrawal: Answer, items: readonly QueuedAnswer[], tab: string): Collapse {
  const earlier = replacedBy(withdrawal, items);
  if (!earlier) return { answer: withdrawal, remove: undefined, send: true };
  if (mayHaveLeft(earlier, tab)) {
    const remove = earlier.phase === 'attention' ? earlier : undefined;
    return { answer: withdrawal, remove, send: true, target: earlier };
  }
  const answer = inPlaceOf(withdrawal, earlier.answer);
  return { answer, remove: earlier, send: answer.replaces !== undefined };
}

/** What to file where the target of a retraction never arrived: it takes back what that replaced. */
export function withdrawalWithout(item: QueuedAnswer): Answer {
  const before = item.superseded?.answer.replaces;
  return before ? { ...item.answer, replaces: before } : item.answer;
}

/** The earlier answer is on the server now: who replaces it may name the place. */
export function knowing(
  item: QueuedItem,
  earlier: Pick<QueuedItem, 'answer' | 'sink'>,
  reference: string,
): QueuedItem {
  if (item.kind === 'report' || earlier.answer === undefined) return item;
  const { replaces } = item.answer;
  const { id } = earlier.answer;
  if (item.sink !== earlier.sink || replaces?.id !== id || replaces.reference !== undefined)
    return item;
  return { ...item, answer: { ...item.answer, replaces: { id, reference } } };
}
