import { defineTable, type RowOf } from './column.ts';
import { RECORDED_COLUMN, STATUS_COLUMN, WHOSE_COLUMNS } from './column-groups.ts';
import { offsetColumn } from './time-columns.ts';

export const OUTCOMES = defineTable({
  name: 'outcomes',
  grain: 'one label or one action, by one rule',
  description:
    'What became of the patient, and what was really done. Every row names the rule that made it.',
  key: ['outcome_id', 'rule'],
  columns: {
    outcome_id: {
      type: 'string',
      description: 'The event.',
      source: 'reference of the resource that the rule found; a table’s own identifier',
      privacy: 'direct',
    },
    rule: {
      type: 'code',
      description: 'The configured rule that made this row.',
      source: 'outcome rules of the site',
      privacy: 'none',
    },
    kind: {
      type: 'code',
      values: ['label', 'action'],
      description: '`label`: what was predicted came or not. `action`: what was advised was done.',
      source: 'the rule',
      privacy: 'none',
    },
    ...WHOSE_COLUMNS,
    recommendation_id: {
      type: 'string',
      nullable: true,
      references: 'recommendations.recommendation_id',
      description: 'Where the label was made for one recommendation; null: for the encounter.',
      source: 'a reference to the recommendation; tables',
      privacy: 'direct',
    },
    outcome_code: {
      type: 'code',
      description: 'What happened, in the words of the rule.',
      source: 'the rule',
      privacy: 'none',
    },
    label: {
      type: 'boolean',
      nullable: true,
      description: 'True: it happened. False: looked for, and not found. Null: nobody can know.',
      source: 'the rule; tables',
      term: 'seismometer target',
      privacy: 'none',
    },
    critical: {
      type: 'boolean',
      nullable: true,
      description: 'One of those that must not be missed; null where the rule does not say.',
      source: 'the rule; tables',
      privacy: 'none',
    },
    happened_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'When it began, or was done.',
      source: 'onset, effective, performed or authoredOn',
      privacy: 'date',
    },
    happened_offset_min: offsetColumn('happened_at'),
    label_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'When it became known: no monitor may have used it before.',
      source: 'recordedDate, issued or meta.lastUpdated',
      privacy: 'date',
    },
    label_source: {
      type: 'code',
      values: ['fhir-rule', 'table', 'review'],
      description: 'Who says so.',
      source: 'the reader',
      privacy: 'none',
    },
    censored: {
      type: 'boolean',
      description: 'The patient left before the horizon was over.',
      source: 'encounters; tables',
      privacy: 'none',
    },
    ...RECORDED_COLUMN,
    ...STATUS_COLUMN,
  },
});

export type OutcomeRow = RowOf<typeof OUTCOMES>;
