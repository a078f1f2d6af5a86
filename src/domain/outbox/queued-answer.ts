import type { Answer } from '../feedback.ts';
import type { ResultName } from './attempt-result.ts';

/** Whose answer it is: it leaves under this user's own session on this server and under no other. */
export interface Owner {
  /** FHIR base. */
  readonly issuer: string;
  /** `Practitioner/x` or `PractitionerRole/x`. */
  readonly user: string;
}

/**
 * `held`: in the undo window. `queued`: to be sent at `nextAt`. `sending`: claimed by a tab. The two
 * `waiting-*` wait for a session. `attention`: only a person can move it.
 */
export type Phase =
  | 'held'
  | 'queued'
  | 'sending'
  | 'waiting-sign-in'
  | 'waiting-patient'
  | 'attention';

/** What happened to one attempt: for people who help, hence without any patient data. */
export interface Attempt {
  /** Epoch ms. */
  readonly at: number;
  readonly result: ResultName;
}

/** One place where the answer must go. There is one today; a decision may come to have several. */
export interface SinkState {
  readonly sink: 'fhir-observation';
  readonly state: 'waiting' | 'delivered' | 'refused';
}

/** When and how often; nothing here says what was answered or about whom. Times are epoch ms. */
export interface Schedule {
  readonly phase: Phase;
  readonly createdAt: number;
  /** Position among the answers to one recommendation: clocks jump, this does not. */
  readonly order: number;
  /** Not sent before. */
  readonly nextAt: number;
  /** How far ahead `nextAt` was when it was set: a clock set back cannot make it wait longer. */
  readonly delayMs: number;
  readonly attempts: number;
  /** Attempts that may have stored it, their outcome being unknown. */
  readonly doubts: number;
  /** When a write last left, if one did. */
  readonly lastSentAt?: number;
  /** The server said that it stored it, and then did not show it: it is not sent again unasked. */
  readonly acknowledged?: boolean;
  /** The server itself asked to be left alone until then (`Retry-After`). */
  readonly serverAskedUntil?: number;
  /** The tab that holds or sends it. */
  readonly tab?: string;
  /** Last result, in one word. */
  readonly last?: ResultName;
  readonly history: readonly Attempt[];
  readonly sinks: readonly SinkState[];
}

/** An answer, or the taking back of one, on its way. Everything about whom is frozen at capture. */
export interface QueuedAnswer extends Schedule {
  /** The answer's identifier: the idempotency key. */
  readonly id: string;
  /** `retraction`: takes back what `answer.replaces` names; `answer` is filed where that is refused. */
  readonly kind: 'answer' | 'retraction';
  readonly owner: Owner;
  /** Patient of the launch in which it was given ("Patient/p1"). */
  readonly patient: string;
  /** Patient whom the recommendation is about; checked against the session before it leaves. */
  readonly subject: string;
  readonly answer: Answer;
  /** What this one took the place of, or takes back, before that was known to be on the server. */
  readonly superseded?: QueuedAnswer;
}

/** The schedule alone: what may stand in the clear. */
export function scheduleOf(item: QueuedAnswer): Schedule {
  const {
    id: _id,
    kind: _kind,
    owner: _owner,
    patient: _patient,
    subject: _subject,
    answer: _answer,
    superseded: _superseded,
    ...schedule
  } = item;
  return schedule;
}

export interface Capture {
  readonly kind: QueuedAnswer['kind'];
  readonly owner: Owner;
  readonly patient: string;
  readonly answer: Answer;
  readonly now: number;
  /** 0: to be sent at once. */
  readonly holdMs: number;
  readonly order: number;
  readonly tab: string;
  readonly superseded?: QueuedAnswer | undefined;
}

export function capture(given: Capture): QueuedAnswer {
  const { kind, owner, patient, answer, now, holdMs, order, tab, superseded } = given;
  return {
    id: answer.id,
    kind,
    owner,
    patient,
    subject: answer.patient,
    answer,
    phase: holdMs > 0 ? 'held' : 'queued',
    createdAt: now,
    order,
    nextAt: now + holdMs,
    delayMs: holdMs,
    attempts: 0,
    doubts: 0,
    tab,
    history: [],
    sinks: [{ sink: 'fhir-observation', state: 'waiting' }],
    ...(superseded && { superseded }),
  };
}

/**
 * True unless it is certain that no request with this item ever left. What another tab holds may
 * have been sent by that tab as it closed, with no time left to write so.
 */
export function mayHaveLeft(item: QueuedAnswer, tab: string): boolean {
  return item.doubts > 0 || item.phase === 'sending' || (item.phase === 'held' && item.tab !== tab);
}
