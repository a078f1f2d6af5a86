import type { Answer, StoredAnswer } from '#src/domain/feedback.ts';

/** Reasons by which a clinician announces an action of their own; the second is for a site's list. */
const ANNOUNCING: readonly string[] = ['mitigate-risk-negative-outcome', 'will-monitor'];

/** How long what was announced may take before it is asked about. */
export const ASK_AFTER_HOURS = 4;
const ASK_AFTER_MS = ASK_AFTER_HOURS * 3_600_000;

export const ACTION_OUTCOMES = ['done', 'not-done', 'not-needed'] as const;
export type ActionOutcome = (typeof ACTION_OUTCOMES)[number];

/** What became of an announced action, in the word of who announced it. */
export interface ActionCheck {
  /** Identifier of the answer. */
  readonly answer: string;
  readonly outcome: ActionOutcome;
  /** What was new in the chart when it was said. */
  readonly found: readonly string[];
  /** ISO 8601. */
  readonly at?: string;
}

export const isAnnouncement = (code: string): boolean => ANNOUNCING.includes(code);

export const announces = ({ response, reasons }: Pick<Answer, 'response' | 'reasons'>): boolean =>
  response === 'overridden' && reasons.some(({ code }) => isAnnouncement(code));

/** Whether it is time to ask. @param now epoch ms */
export const isToBeAsked = (
  answer: Pick<Answer, 'id' | 'response' | 'reasons' | 'answeredAt'>,
  checks: readonly ActionCheck[],
  now: number,
): boolean =>
  announces(answer) &&
  now - Date.parse(answer.answeredAt) >= ASK_AFTER_MS &&
  !checks.some((one) => one.answer === answer.id);

export interface ActionCounts {
  readonly announced: number;
  /** Announced long enough ago, and nobody has said what became of it. */
  readonly open: number;
  readonly outcomes: Readonly<Record<ActionOutcome, number>>;
}

/** @param now epoch ms */
export function actionCounts(
  answers: readonly StoredAnswer[],
  checks: readonly ActionCheck[],
  now: number,
): ActionCounts {
  const byId = new Map(
    answers
      .filter(({ status, answer }) => status === 'final' && announces(answer))
      .map(({ answer }) => [answer.id, answer]),
  );
  const own = new Map(
    checks.filter(({ answer }) => byId.has(answer)).map((one) => [one.answer, one]),
  );
  const count = (outcome: ActionOutcome): number =>
    [...own.values()].filter((one) => one.outcome === outcome).length;
  return {
    announced: byId.size,
    open: [...byId.values()].filter((one) => isToBeAsked(one, checks, now)).length,
    outcomes: {
      done: count('done'),
      'not-done': count('not-done'),
      'not-needed': count('not-needed'),
    },
  };
}
