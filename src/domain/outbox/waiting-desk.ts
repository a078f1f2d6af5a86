import type { Choice } from '../feedback.ts';
import { bySink } from '../sinks.ts';
import type { Discarding } from './discard.ts';
import type { QueuedItem } from './queued-answer.ts';

/** One that waits, as its owner may see it. */
export interface WaitingAnswer {
  /** Of an answer with several places to go to: the one that is worst off. */
  readonly item: QueuedItem;
  /** Its other places. Absent: there are none. */
  readonly others?: readonly QueuedItem[];
  /** The server's own words about its last refusal, while this tab remembers them. */
  readonly said?: string;
}

export interface HelpDeskFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Where a clinician looks after what waits. Items are the user's own; others are only counted. */
export interface WaitingDesk {
  /** What it holds outlives this tab. */
  readonly durable: boolean;
  /** Same array while nothing changed, so that React may compare by identity. */
  waiting(): readonly WaitingAnswer[];
  subscribe(listener: () => void): () => void;
  elsewhere(): Promise<{ readonly count: number; readonly oldestAt: number | undefined }>;
  retry(id: string): Promise<void>;
  /** Changes what certainly never was stored, and sends it; false when that is not certain any more. */
  resend(id: string, change: Partial<Choice>): Promise<boolean>;
  /** False when it was delivered meanwhile: then there is nothing to discard. */
  discard(id: string, discarding: Discarding): Promise<boolean>;
  helpDeskFile(): Promise<HelpDeskFile>;
}

/** Refused for sure: no copy of the old words can turn up beside the new ones. */
export const mayEdit = ({ item, others = [] }: WaitingAnswer): boolean =>
  item.kind === 'answer' && item.phase === 'attention' && [item, ...others].every(isNowhere);

const isNowhere = ({ phase, doubts, acknowledged }: QueuedItem): boolean =>
  phase !== 'delivered' && doubts === 0 && !acknowledged;

/** Being sent at this moment: whatever is decided now would come too late. */
export const mayDiscard = ({ item, others = [] }: WaitingAnswer): boolean =>
  [item, ...others].every(({ phase }) => phase !== 'sending');

/** In the undo window, or under way, there is nothing to try again. */
export const mayRetry = ({ phase }: QueuedItem): boolean =>
  phase !== 'held' && phase !== 'sending' && phase !== 'waiting-patient';

export const needsAttention = ({ phase }: QueuedItem): boolean => phase === 'attention';

/** Waits for something other than its own ten seconds: worth a word to the clinician. */
export const isWaiting = ({ phase, last }: QueuedItem): boolean =>
  phase === 'attention' || phase.startsWith('waiting-') || last !== undefined;

const BADNESS: readonly QueuedItem['phase'][] = [
  'attention',
  'waiting-sign-in',
  'waiting-patient',
  'queued',
  'sending',
  'held',
  'delivered',
];

/** All items of one answer or report, as its owner may see them. Undefined: there is none. */
export function worstFirst(group: readonly QueuedItem[]): WaitingAnswer | undefined {
  const [item, ...others] = group.toSorted(byBadness);
  return item && { item, others };
}

/** What is still to arrive before what is there; what must arrive first; then the worst off. */
export const byBadness = (a: QueuedItem, b: QueuedItem): number =>
  Number(a.phase === 'delivered') - Number(b.phase === 'delivered') ||
  Number(b.required) - Number(a.required) ||
  BADNESS.indexOf(a.phase) - BADNESS.indexOf(b.phase) ||
  bySink(a, b);
