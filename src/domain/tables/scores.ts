import { defineTable, type RowOf } from './column.ts';
import {
  MODEL_COLUMNS,
  PLACE_COLUMNS,
  RECORDED_COLUMN,
  RISK_BAND_COLUMN,
  STATUS_COLUMN,
  SUBGROUP_COLUMNS,
  WHOSE_COLUMNS,
} from './column-groups.ts';
import { SCORE_COLUMNS } from './score-columns.ts';
import { offsetColumn, weekColumn } from './time-columns.ts';

export const SCORES = defineTable({
  name: 'scores',
  grain: 'one prediction of one inference',
  description:
    'Every inference, fired or not. Where a vendor stores only what fired, this table says so by having no row with `fired` false, and metrics that need the rest are absent.',
  key: ['score_id', 'prediction'],
  columns: {
    score_id: {
      type: 'string',
      description: 'The inference; the same as `recommendation_id` where it became one.',
      source: 'reference of the RiskAssessment or Observation',
      privacy: 'direct',
    },
    score_version: {
      type: 'string',
      description: 'The version that was read; earlier ones are the same inference.',
      source: 'meta.versionId',
      privacy: 'none',
    },
    prediction: {
      type: 'integer',
      min: 0,
      description: 'Place among the predictions of this inference, from 0.',
      source: 'index of RiskAssessment.prediction',
      privacy: 'none',
    },
    ...WHOSE_COLUMNS,
    ...MODEL_COLUMNS,
    ...PLACE_COLUMNS,
    ...SUBGROUP_COLUMNS,
    ...SCORE_COLUMNS,
    ...RISK_BAND_COLUMN,
    fired: {
      type: 'boolean',
      nullable: true,
      derived: true,
      description: 'Score at or above the threshold; null where no threshold is known.',
      source: 'score ≥ threshold',
      privacy: 'none',
    },
    scored_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'When the model ran.',
      source: 'RiskAssessment.occurrence; Observation.effective',
      term: 'seismometer predict_time',
      privacy: 'date',
    },
    scored_offset_min: offsetColumn('scored_at'),
    scored_week: weekColumn('scored_at'),
    ...RECORDED_COLUMN,
    ...STATUS_COLUMN,
  },
});

export type ScoreRow = RowOf<typeof SCORES>;
