import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import type { ReviewRow } from '#src/domain/tables/reviews.ts';
import type { Sliceable } from '../slices.ts';

/** One reviewed override: what counts, and what a second reviewer said. */
export interface Judgement extends Sliceable {
  readonly stratum: string;
  /** Overrides in the stratum for each reviewed one: 1 ÷ sampling fraction; null: not stated. */
  readonly fraction: number | null;
  readonly judgement: ReviewRow['judgement'];
  /** Of the second reviewer; null where there was one only. */
  readonly second: ReviewRow['judgement'] | null;
  readonly harm: boolean | null;
}

const inOrder = (a: ReviewRow, b: ReviewRow): number =>
  (a.reviewed_at ?? 0) - (b.reviewed_at ?? 0) || (a.review_id < b.review_id ? -1 : 1);

/** The first judgement of an override counts; the second serves agreement. Other answers: none. */
export function judgements(
  reviews: readonly ReviewRow[],
  decisions: readonly DecisionRow[],
): readonly Judgement[] {
  const answers = new Map(decisions.map((row) => [row.decision_id, row]));
  const valid = reviews.filter(({ status }) => status === 'final').toSorted(inOrder);
  return [...Map.groupBy(valid, ({ decision_id }) => decision_id)].flatMap(([id, group]) => {
    const answer = answers.get(id);
    const [first, ...others] = group;
    if (!answer || !first || answer.response !== 'overridden') return [];
    if (answer.status !== 'final') return [];
    const second = others.find(({ reviewer_id }) => reviewer_id !== first.reviewer_id);
    return [
      {
        ...answer,
        week: answer.decided_week,
        stratum: first.stratum ?? 'all',
        fraction: first.sampling_fraction,
        judgement: first.judgement,
        second: second?.judgement ?? null,
        harm: first.harm,
      },
    ];
  });
}
