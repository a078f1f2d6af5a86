import { appropriateness, type Judged, judgedCells } from '#src/domain/metrics/appropriateness.ts';
import { collect } from '#src/domain/metrics/counts.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import type { DrawnCase, SamplingPlan } from './sampling.ts';

/** Each override that was drawn is judged by so many, apart from one another. */
export const REVIEWERS = 2;

export const JUDGEMENTS = ['appropriate', 'inappropriate', 'undecided'] as const;
export type JudgementCode = (typeof JUDGEMENTS)[number];

/** What one reviewer said about one answer. */
export interface GivenReview {
  /** Identifier of the answer. */
  readonly answer: string;
  /** Reference of the reviewer. */
  readonly by: string;
  readonly judgement: JudgementCode;
  /** Absent: the reviewer did not look. */
  readonly harm?: boolean;
  /** ISO 8601. */
  readonly at?: string;
}

/**
 * Whether this person may judge an answer now: not one of their own, not twice, and not a third time.
 * @param clinician reference of who gave it @param names every reference of the person
 */
export function mayReview(
  { answer, clinician }: { readonly answer: string; readonly clinician: string },
  given: readonly GivenReview[],
  names: readonly string[],
): boolean {
  if (names.length === 0 || names.includes(clinician)) return false;
  const reviewers = new Set(given.filter((one) => one.answer === answer).map(({ by }) => by));
  return reviewers.size < REVIEWERS && names.every((name) => !reviewers.has(name));
}

/** How far a plan is, in judged cases. */
export interface ReviewProgress {
  readonly drawn: number;
  readonly once: number;
  readonly twice: number;
}

const reviewsOf = (
  { answer }: DrawnCase,
  given: readonly GivenReview[],
): readonly GivenReview[] => {
  const own = given
    .filter((one) => one.answer === answer)
    .toSorted((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? '') || (a.by < b.by ? -1 : 1));
  return own.filter(({ by }, at) => own.findIndex((one) => one.by === by) === at);
};

export function progressOf(plan: SamplingPlan, given: readonly GivenReview[]): ReviewProgress {
  const counts = plan.drawn.map((one) => reviewsOf(one, given).length);
  return {
    drawn: counts.length,
    once: counts.filter((n) => n > 0).length,
    twice: counts.filter((n) => n >= REVIEWERS).length,
  };
}

/** What the judgements say of all overrides: the first counts, the second serves agreement. */
export function estimateOf(plan: SamplingPlan, given: readonly GivenReview[]): readonly Figure[] {
  const rows = plan.drawn.flatMap((one): readonly Judged[] => {
    const [first, second] = reviewsOf(one, given);
    if (!first) return [];
    const { stratum, fraction } = one;
    const { judgement, harm = null } = first;
    return [{ stratum, fraction, judgement, second: second?.judgement ?? null, harm }];
  });
  return appropriateness.figures(collect({ cluster: () => '', cells: judgedCells }, rows));
}

/** What a second clinician found about an answer that called the advice unsafe. */
export const SECOND_FINDINGS = [
  'unsafe-confirmed',
  'unsafe-not-seen',
  'unsafe-cannot-tell',
] as const;
export type SecondFinding = (typeof SECOND_FINDINGS)[number];

export interface SecondReading {
  /** Identifier of the answer. */
  readonly answer: string;
  readonly finding: SecondFinding;
  readonly by?: string;
  readonly words: string;
  /** ISO 8601. */
  readonly at?: string;
}

/** A second reading takes a second person, and one is enough. */
export const needsSecondReading = (answer: string, readings: readonly SecondReading[]): boolean =>
  !readings.some((one) => one.answer === answer);

export const mayReadSecond = (clinician: string, names: readonly string[]): boolean =>
  names.length > 0 && !names.includes(clinician);
