import type { Coding } from '#src/domain/coding.ts';
import { sameCode } from '#src/domain/coding.ts';
import type { Choice, ResponseCode } from '#src/domain/feedback.ts';
import type { ReasonOption } from '#src/domain/site-config.ts';
import { formatShortTime } from '#src/ui/format/date-time.ts';
import type { ReasonHeading } from './review-props.ts';

const WORDS: Readonly<Record<ResponseCode, string>> = {
  accepted: 'Accepted',
  'accepted-modified': 'Accepted with changes',
  overridden: 'Overridden',
  deferred: 'Deferred',
  withdrawn: 'Withdrawn',
};

export const responseWord = (response: ResponseCode): string => WORDS[response];

/** The words that the clinician chose, then the code's own, then the bare code: never nothing. */
export function reasonLabel(
  reason: Coding,
  options: readonly ReasonOption[],
  categories: readonly ReasonHeading[],
): string {
  const known = [...options, ...categories.flatMap((heading) => heading.options)].find(
    ({ coding }) => sameCode(coding, reason),
  );
  return known?.label ?? reason.display ?? reason.code;
}

/** What an answer says beyond its one word: reasons, what was done instead, until when. */
export function answerDetails(
  choice: Choice,
  options: readonly ReasonOption[],
  categories: readonly ReasonHeading[],
  now: number,
): readonly string[] {
  const reasons = choice.reasons.map((reason) => reasonLabel(reason, options, categories));
  const instead = choice.actionTaken?.coding?.display ?? choice.actionTaken?.text;
  const until =
    choice.deferredUntil === undefined
      ? undefined
      : `until ${formatShortTime(choice.deferredUntil, now)}`;
  return [...reasons, instead, until].filter((detail) => detail !== undefined);
}
