import type { DiscardRecord } from './discard.ts';
import { isAnswer, payloadOf, type QueuedItem, type Schedule } from './queued-answer.ts';

/** Whom to ask about the file, and what made it. */
export interface HelpDeskContext {
  readonly appVersion: string;
  readonly issuer: string;
  readonly browser: string;
  readonly durable: boolean;
  readonly now: number;
  readonly elsewhere: number;
  readonly exposures: ExposureCounts;
}

/** `recommendation-displayed` of all users of this device: what adoption is counted against. */
export interface ExposureCounts {
  /** Not on the server yet. */
  readonly waiting: number;
  /** Dropped, since no server takes them. */
  readonly refused: number;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Times, results, counts: enough to find the requests in a server's log, and nobody's data. */
function scheduleLine(id: string, item: Schedule) {
  return {
    identifier: id,
    sink: item.sink,
    phase: item.phase,
    createdAt: iso(item.createdAt),
    nextAt: iso(item.nextAt),
    attempts: item.attempts,
    mayBeStored: item.doubts > 0 || item.acknowledged === true,
    ...(item.lastSentAt !== undefined && { lastSentAt: iso(item.lastSentAt) }),
    history: item.history.map(({ at, result }) => ({ at: iso(at), result })),
  };
}

/** Without patient data. */
export function helpDeskReport(
  items: readonly QueuedItem[],
  discards: readonly DiscardRecord[],
  context: HelpDeskContext,
) {
  return {
    format: 'clinician-feedback-help-desk',
    version: 1,
    madeAt: iso(context.now),
    appVersion: context.appVersion,
    server: context.issuer,
    browser: context.browser,
    keepsAnswersOnDevice: context.durable,
    waiting: items.map((item) => scheduleLine(payloadOf(item).id, item)),
    waitingOfOtherUsers: context.elsewhere,
    exposures: context.exposures,
    discarded: discards.map(({ id, at, reason, waitedMs, attempts, last }) => ({
      identifier: id,
      at: iso(at),
      reason,
      waitedMs,
      attempts,
      ...(last && { last }),
    })),
  };
}

/** With what the answers say: only ever written encrypted. */
export function helpDeskReportWithAnswers(
  items: readonly QueuedItem[],
  discards: readonly DiscardRecord[],
  context: HelpDeskContext,
) {
  return {
    ...helpDeskReport(items, discards, context),
    answers: items.filter(isAnswer).map(({ answer }) => answer),
    safetyReports: items.flatMap(({ report }) => report ?? []),
    discardTexts: discards.flatMap(({ id, text }) => (text ? [{ identifier: id, text }] : [])),
  };
}
