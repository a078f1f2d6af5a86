import { defineTable, type RowOf } from './column.ts';
import { RECORDED_COLUMN, STATUS_COLUMN } from './column-groups.ts';

export const REVIEWS = defineTable({
  name: 'reviews',
  grain: 'one judgement of one reviewer about one answer',
  description:
    'An override is not an error: whether it was appropriate is judged on a sample and weighted.',
  key: ['review_id'],
  columns: {
    review_id: {
      type: 'string',
      description: 'The judgement.',
      source: 'Observation.identifier, code appropriateness-review',
      privacy: 'direct',
    },
    decision_id: {
      type: 'string',
      references: 'decisions.decision_id',
      description: 'The answer that was judged.',
      source: 'Observation.focus.identifier, else its reference',
      privacy: 'direct',
    },
    reviewer_id: {
      type: 'string',
      description: 'Who judged; two reviewers of one answer give kappa.',
      source: 'Observation.performer',
      privacy: 'direct',
    },
    judgement: {
      type: 'code',
      values: ['appropriate', 'inappropriate', 'undecided'],
      description: 'The judgement.',
      source: 'Observation.value',
      privacy: 'none',
    },
    harm: {
      type: 'boolean',
      nullable: true,
      description: 'Harm followed; null where nobody looked.',
      source: 'component harm',
      privacy: 'none',
    },
    stratum: {
      type: 'code',
      nullable: true,
      description: 'Stratum of the sampling plan.',
      source: 'component sampling-stratum',
      privacy: 'none',
    },
    sampling_fraction: {
      type: 'number',
      nullable: true,
      unit: '1',
      min: 0,
      max: 1,
      description: 'Share of the stratum that was drawn; its inverse is the weight.',
      source: 'component sampling-fraction',
      privacy: 'none',
    },
    blinded: {
      type: 'boolean',
      nullable: true,
      description: 'The reviewer did not see the outcome.',
      source: 'component blinded',
      privacy: 'none',
    },
    reviewed_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'When it was judged.',
      source: 'Observation.effectiveDateTime',
      privacy: 'date',
    },
    ...RECORDED_COLUMN,
    ...STATUS_COLUMN,
  },
});

export type ReviewRow = RowOf<typeof REVIEWS>;
