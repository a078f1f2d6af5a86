import type { Answer } from '#src/domain/feedback.ts';
import { findReason } from '#src/domain/reasons.ts';
import { RESPONSE_DISPLAY } from '../feedback-terms.ts';

/** In the chart an answer stands as words: "Overridden", "Overridden (in place of an earlier answer)". */
export function decisionWords({ response, replaces }: Answer): string {
  const word = RESPONSE_DISPLAY[response];
  if (!replaces) return word;
  return response === 'withdrawn'
    ? 'Withdrawn: the earlier answer no longer stands'
    : `${word} (in place of an earlier answer)`;
}

/** "Action already completed; Patient is ineligible": as the code says it, else as we call it: a chart is read by people. */
export const reasonWords = ({ reasons }: Answer): string =>
  reasons.map(({ display, code }) => display ?? findReason(code)?.label ?? code).join('; ');

/** "8f3a, version 2; sepsis-lr 3.1.0": by which a report is joined to the full record. */
export function recommendationWords({ recommendation, model }: Answer): string {
  const { ref, identifier, version } = recommendation;
  const what = `${identifier?.value ?? `${ref.type}/${ref.id}`}${version ? `, version ${version}` : ''}`;
  const by = [model?.identifier, model?.version].filter((part) => part).join(' ');
  return by === '' ? what : `${what}; ${by}`;
}

/** All that the clinician typed, and what was done instead. */
export function freeWords({ comment, actionTaken, deferredUntil }: Answer): string {
  const action = actionTaken?.coding?.display ?? actionTaken?.text;
  return [
    deferredUntil ? `Until ${deferredUntil}.` : '',
    action ? `Done instead: ${action}.` : '',
    comment ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ')
    .toWellFormed();
}
