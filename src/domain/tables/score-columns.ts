import { defineColumns } from './column.ts';

/** What a model put out, in `scores` and in `recommendations`. */
export const SCORE_COLUMNS = defineColumns({
  score: {
    type: 'number',
    nullable: true,
    description: 'The output; a probability is a fraction 0–1 whatever scale was sent.',
    source: 'RiskAssessment.prediction.probabilityDecimal ÷ 100; Observation.value',
    term: 'A10 output_value; seismometer primary_output',
    privacy: 'none',
  },
  score_scale: {
    type: 'code',
    nullable: true,
    values: ['probability', 'points', 'unknown'],
    description: '`unknown`: the number may be a percent or a fraction, and is left as sent.',
    source: 'configured scale of the source',
    term: 'A10 output_unit',
    privacy: 'none',
  },
  ci_low: {
    type: 'number',
    nullable: true,
    description: 'Lower limit of the score as the model states it, on the scale of `score`.',
    source: 'RiskAssessment.prediction.probabilityRange.low',
    privacy: 'none',
  },
  ci_high: {
    type: 'number',
    nullable: true,
    description: 'Upper limit of the score as the model states it, on the scale of `score`.',
    source: 'RiskAssessment.prediction.probabilityRange.high',
    privacy: 'none',
  },
  threshold: {
    type: 'number',
    nullable: true,
    derived: true,
    description: 'Score from which the model fires, in force at that moment; null where unknown.',
    source: 'model settings; changes of kind `threshold`',
    privacy: 'none',
  },
  horizon_h: {
    type: 'number',
    nullable: true,
    unit: 'h',
    min: 0,
    description: 'The outcome is predicted within so many hours of the score.',
    source: 'RiskAssessment.prediction.whenRange.high; model settings',
    privacy: 'none',
  },
  outcome_code: {
    type: 'code',
    nullable: true,
    description: 'What is predicted.',
    source: 'RiskAssessment.prediction.outcome, first coding',
    privacy: 'none',
  },
});
