import { absoluteReference } from '../coding.ts';
import type { Answer } from '../feedback.ts';
import type { SafetyReport } from '../governance/incidents/incident.ts';
import type { SinkId } from '../sinks.ts';
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
 * `waiting-*` wait for a session. `attention`: only a person can move it. `delivered`: this sink has
 * it, and it is kept until every other sink of its answer has it too.
 */
export type Phase =
  | 'held'
  | 'queued'
  | 'sending'
  | 'waiting-sign-in'
  | 'waiting-patient'
  | 'attention'
  | 'delivered';

/** What happened to one attempt: for people who help, hence without any patient data. */
export interface Attempt {
  /** Epoch ms. */
  readonly at: number;
  readonly result: ResultName;
}

/** Where the sink has it, and what it lost of it. */
export interface Delivered {
  /** ISO 8601. */
  readonly at: string;
  readonly reference: string;
  readonly lost: readonly string[];
}

/** The server that it goes to, where that is not the issuer itself. */
export interface Target {
  /** FHIR base. */
  readonly server: string;
  /** That server's own Patient ("Patient/77"). */
  readonly subject: string;
}

/** When and how often; nothing here says what was answered or about whom. Times are epoch ms. */
export interface Schedule {
  readonly phase: Phase;
  /** Where this one goes: an answer has an item for each of its sinks. */
  readonly sink: SinkId;
  readonly required: boolean;
  readonly delivered?: Delivered;
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
}

/** Whatever is on its way. Everything about whom is frozen at capture. */
interface Queued extends Schedule {
  /** See `itemId`. The idempotency key is the identifier of what it carries. */
  readonly id: string;
  readonly owner: Owner;
  /** Patient of the launch in which it was given ("Patient/p1"). */
  readonly patient: string;
  /** Patient whom the recommendation is about; checked against the session before it leaves. */
  readonly subject: string;
  readonly target?: Target;
}

/** An answer, or the taking back of one. */
export interface QueuedAnswer extends Queued {
  /** `retraction`: takes back what `answer.replaces` names; `answer` is filed where that is refused. */
  readonly kind: 'answer' | 'retraction';
  readonly answer: Answer;
  readonly report?: never;
  /** What this one took the place of, or takes back, before that was known to be on the server. */
  readonly superseded?: QueuedAnswer;
}

/** A safety report: it replaces nothing and is never taken back once it has left. */
export interface QueuedReport extends Queued {
  readonly kind: 'report';
  readonly report: SafetyReport;
  readonly answer?: never;
  readonly superseded?: never;
}

export type QueuedItem = QueuedAnswer | QueuedReport;

/** With whom and what it concerns. */
export const payloadOf = (said: Said): Answer | SafetyReport =>
  said.kind === 'report' ? said.report : said.answer;

/** The recommendation that it is about. */
export const aboutOf = (item: QueuedItem): string =>
  absoluteReference(payloadOf(item).recommendation.ref);

export const isAnswer = (item: QueuedItem): item is QueuedAnswer => item.kind !== 'report';
export const isReport = (item: QueuedItem): item is QueuedReport => item.kind === 'report';

/** How long an answer can be taken back before it is sent, ms (DESIGN.md §3). */
export const UNDO_MS = 10_000;

/** What is gathered for longer than that is held on, and can be undone no longer. */
export const undoUntil = ({ nextAt, delayMs }: Schedule): number =>
  nextAt - delayMs + Math.min(delayMs, UNDO_MS);

/** Key of the item that brings one answer or report to one sink. */
export const itemId = (payloadId: string, sink: SinkId): string =>
  sink === 'fhir-observation' ? payloadId : `${payloadId} ${sink}`;

/** The schedule alone: what may stand in the clear. */
export function scheduleOf(item: QueuedItem): Schedule {
  const {
    id: _id,
    kind: _kind,
    owner: _owner,
    patient: _patient,
    subject: _subject,
    answer: _answer,
    report: _report,
    target: _target,
    superseded: _superseded,
    ...schedule
  } = item;
  return schedule;
}

/** What a person has just said: an answer, the taking back of one, or a safety report. */
export type Said =
  | { readonly kind: QueuedAnswer['kind']; readonly answer: Answer }
  | { readonly kind: 'report'; readonly report: SafetyReport };

interface Captured {
  readonly owner: Owner;
  readonly patient: string;
  readonly now: number;
  /** 0: to be sent at once. */
  readonly holdMs: number;
  readonly order: number;
  readonly tab: string;
  readonly sink?: SinkId;
  readonly required?: boolean;
  readonly target?: Target | undefined;
}

export interface Capture extends Captured, Extract<Said, { readonly answer: Answer }> {
  readonly superseded?: QueuedAnswer | undefined;
}

export function capture(given: Capture): QueuedAnswer {
  const { kind, answer, superseded } = given;
  return {
    ...begun(given, answer),
    kind,
    answer,
    ...(superseded && { superseded }),
  };
}

export const captureReport = (
  given: Captured & Extract<Said, { readonly kind: 'report' }>,
): QueuedReport => ({
  ...begun(given, given.report),
  kind: 'report',
  report: given.report,
});

function begun(given: Captured, payload: Pick<Answer, 'id' | 'patient'>): Queued {
  const { owner, patient, now, holdMs, order, tab, target } = given;
  const { sink = 'fhir-observation', required = true } = given;
  return {
    id: itemId(payload.id, sink),
    sink,
    required,
    owner,
    patient,
    subject: payload.patient,
    phase: holdMs > 0 ? 'held' : 'queued',
    createdAt: now,
    order,
    nextAt: now + holdMs,
    delayMs: holdMs,
    attempts: 0,
    doubts: 0,
    tab,
    history: [],
    ...(target && { target }),
  };
}

/**
 * True unless it is certain that no request with this item ever left. What another tab holds may
 * have been sent by that tab as it closed, with no time left to write so.
 */
export function mayHaveLeft(item: QueuedItem, tab: string): boolean {
  if (item.phase === 'delivered') return true;
  return item.doubts > 0 || item.phase === 'sending' || (item.phase === 'held' && item.tab !== tab);
}

/** As earlier versions kept it: they knew the EHR's own server only. */
export const withSink = (
  schedule: Omit<Schedule, 'sink' | 'required'> & Partial<Schedule>,
): Schedule => ({
  ...schedule,
  sink: schedule.sink ?? 'fhir-observation',
  required: schedule.required ?? true,
});
