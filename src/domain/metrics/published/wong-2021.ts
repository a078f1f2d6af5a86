import { makeRow } from '#src/domain/tables/column.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { SCORES } from '#src/domain/tables/scores.ts';

/** Rows to write down, how many of each; a score of 6 or more alerts. */
interface Hospitalisations {
  readonly count: number;
  readonly score: number;
  readonly sepsis: boolean;
}

/**
 * Wong et al. 2021, JAMA Intern Med 181:1065 (PMC8218233): 38,455 hospitalisations, sepsis in 2,552,
 * alerts at a score of 6 or more in 6,971, 1,709 cases missed. The four groups follow from these
 * totals; the scores inside a group are not published, and 6 and 5 stand for both sides.
 */
export const WONG_2021: readonly Hospitalisations[] = [
  { count: 843, score: 6, sepsis: true },
  { count: 6_128, score: 6, sepsis: false },
  { count: 1_709, score: 5, sepsis: true },
  { count: 29_775, score: 5, sepsis: false },
];

const THRESHOLD = 6;
const MODEL = { model_id: 'epic-sepsis-model', outcome_code: 'sepsis' } as const;

/** One score and one label for each hospitalisation. No decision: the model ran silently. */
export function wong2021(rule = WONG_2021): Tables {
  const rows = rule.flatMap(({ count, ...row }) => Array.from({ length: count }, () => row));
  return {
    scores: rows.map(({ score }, i) =>
      makeRow(SCORES, {
        ...MODEL,
        score_id: `score-${i}`,
        score_version: '1',
        prediction: 0,
        encounter_id: `hospitalisation-${i}`,
        score,
        score_scale: 'points',
        threshold: THRESHOLD,
        fired: score >= THRESHOLD,
        status: 'final',
      }),
    ),
    outcomes: rows.map(({ sepsis }, i) =>
      makeRow(OUTCOMES, {
        outcome_id: `label-${i}`,
        rule: 'wong-2021',
        kind: 'label',
        encounter_id: `hospitalisation-${i}`,
        outcome_code: MODEL.outcome_code,
        label: sepsis,
        label_source: 'table',
        censored: false,
        status: 'final',
      }),
    ),
  };
}
