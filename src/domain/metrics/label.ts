import type { OutcomeRow } from '#src/domain/tables/outcomes.ts';

/** What one rule made: without this nobody can judge a sensitivity. */
export interface Label {
  readonly rule: string;
  readonly kind: OutcomeRow['kind'];
  readonly outcome: string;
  readonly source: OutcomeRow['label_source'];
  readonly yes: number;
  readonly no: number;
  /** Hours within which the models foretell this outcome, as their scores say; empty: not stated. */
  readonly horizonHours: readonly number[];
  /** Types and codes of the site's rule, where it is known. */
  readonly made?: string;
}
