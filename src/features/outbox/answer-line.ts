import { sameCode } from '#src/domain/coding.ts';
import type { ResponseCode } from '#src/domain/feedback.ts';
import { payloadOf, type QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import type { ReasonOption } from '#src/domain/site-config.ts';
import { formatAge } from '#src/ui/format/age.ts';
import { clipText } from '#src/ui/format/text.ts';

const WORDS: Readonly<Record<ResponseCode, string>> = {
  accepted: 'Accepted',
  'accepted-modified': 'Accepted with changes',
  overridden: 'Overridden',
  deferred: 'Deferred',
  withdrawn: 'Withdrawn',
};

/** What was said, in one line. */
export function answerLine({ kind, answer }: QueuedItem, options: readonly ReasonOption[]): string {
  if (kind === 'report') return 'Safety report';
  if (kind === 'retraction') return 'Taking back an earlier answer';
  const reasons = answer.reasons.map(
    (reason) =>
      options.find(({ coding }) => sameCode(coding, reason))?.label ??
      reason.display ??
      reason.code,
  );
  const comment = answer.comment ? [`“${clipText(answer.comment, 300)}”`] : [];
  return [WORDS[answer.response], ...reasons, ...comment].join(' · ');
}

export const titleOf = (item: QueuedItem): string =>
  clipText(payloadOf(item).context.shownTitle ?? 'A recommendation', 160);

export const patientOf = (item: QueuedItem): string =>
  clipText(payloadOf(item).context.shownPatient ?? item.subject, 80);

export const ageOf = (at: number, now: number): string =>
  formatAge(new Date(at).toISOString(), now).text;
