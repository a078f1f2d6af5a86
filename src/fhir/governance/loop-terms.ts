import type { ActionOutcome } from '#src/domain/governance/feedback/attested.ts';
import type { CommentOutcome } from '#src/domain/governance/feedback/comments.ts';
import type {
  JudgementCode,
  SecondFinding,
} from '#src/domain/governance/feedback/second-reader.ts';

/** Codes of the way back from clinicians to owners and to clinicians again, all in `feedback-item`. */
export const COMMENT_DISPLAY = {
  'comment-route': 'Who can change something about what was said',
  reply: 'Answer to those who said it',
} as const;

export const TRAINING_DISPLAY = {
  'training-right': 'Cases of the training that were answered right at the first try',
} as const;

/** `Task.businessStatus` and `Communication.topic` of an owner's answer. */
export const OUTCOME_CODE: Readonly<Record<CommentOutcome, string>> = {
  read: 'comment-read',
  planned: 'comment-planned',
  changed: 'comment-changed',
  unchanged: 'comment-unchanged',
};

export const OUTCOME_DISPLAY: Readonly<Record<CommentOutcome, string>> = {
  read: 'Read; it is being looked at',
  planned: 'A change is planned',
  changed: 'Something was changed',
  unchanged: 'It stays as it is',
};

/** `Observation.code` and components of a review; its values below. */
export const REVIEW_DISPLAY = {
  'appropriateness-review': 'Judgement of a reviewer about an answer',
  harm: 'Harm followed',
  'sampling-stratum': 'Stratum of the sampling plan',
  'sampling-fraction': 'Share of the stratum that was drawn',
  blinded: 'The reviewer did not see the outcome',
} as const;

export const JUDGEMENT_DISPLAY: Readonly<Record<JudgementCode, string>> = {
  appropriate: 'Appropriate',
  inappropriate: 'Inappropriate',
  undecided: 'Undecided',
};

/** `Task.businessStatus` of a second reading. */
export const FINDING_DISPLAY: Readonly<Record<SecondFinding, string>> = {
  'unsafe-confirmed': 'Second reader: unsafe',
  'unsafe-not-seen': 'Second reader: not unsafe',
  'unsafe-cannot-tell': 'Second reader: cannot tell',
};

export const DATA_DISPLAY = {
  'data-quarter': 'Quarter whose labelled data are asked for',
  'export-manifest': 'SHA-256 of manifest.json of the export',
} as const;

export const FOUND_DISPLAY = {
  'chart-found': 'New in the chart since an action was announced',
} as const;

/** `Task.businessStatus` of an announced action. */
export const ACTION_CODE: Readonly<Record<ActionOutcome, string>> = {
  done: 'action-done',
  'not-done': 'action-not-done',
  'not-needed': 'action-not-needed',
};

export const ACTION_DISPLAY: Readonly<Record<ActionOutcome, string>> = {
  done: 'What was announced was done',
  'not-done': 'What was announced was not done',
  'not-needed': 'What was announced was no longer needed',
};

/** For the published CodeSystem. */
export const loopConcepts: readonly (readonly [code: string, display: string])[] = [
  ...Object.entries({
    ...COMMENT_DISPLAY,
    ...TRAINING_DISPLAY,
    ...REVIEW_DISPLAY,
    ...JUDGEMENT_DISPLAY,
    ...FINDING_DISPLAY,
    ...FOUND_DISPLAY,
    ...DATA_DISPLAY,
  }),
  ...(['read', 'planned', 'changed', 'unchanged'] as const).map(
    (one) => [OUTCOME_CODE[one], OUTCOME_DISPLAY[one]] as const,
  ),
  ...(['done', 'not-done', 'not-needed'] as const).map(
    (one) => [ACTION_CODE[one], ACTION_DISPLAY[one]] as const,
  ),
];
