import type { CommentOutcome } from '#src/domain/governance/feedback/comments.ts';
import { NO_REASON } from '#src/domain/governance/feedback/sampling.ts';
import { findReason, type ReasonOwner } from '#src/domain/reasons.ts';

const ROUTE: Readonly<Record<ReasonOwner, string>> = {
  'model-owner': 'Model owner: what the model looks at',
  'trigger-logic': 'Trigger logic: when it fires',
  'data-quality': 'Data quality: its inputs',
  'review-queue': 'Review: was the answer right',
  usability: 'Usability and model card',
  routing: 'Routing: whom it reaches',
  defer: 'Nobody: it comes back later',
  operations: 'Operations: what is available here',
  incident: 'Safety: see the safety reports too',
  triage: 'Triage: words without a route',
  none: 'Nobody: the patient decided',
};

/** Of a sample: a route, or that there was no reason. */
export const stratumWords = (stratum: string): string =>
  stratum === NO_REASON
    ? 'No reason given'
    : (Object.entries(ROUTE).find(([route]) => route === stratum)?.[1] ?? stratum);

export const times = (count: number): string =>
  count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;

export const routeWords = (route: ReasonOwner): string => ROUTE[route];

export const reasonWords = (code: string | undefined): string =>
  code === undefined ? 'Comments' : (findReason(code)?.label ?? code);

export const OUTCOME_WORDS: Readonly<Record<CommentOutcome, string>> = {
  read: 'Read; it is being looked at',
  planned: 'A change is planned',
  changed: 'Something was changed',
  unchanged: 'It stays as it is',
};
