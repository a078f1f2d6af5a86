import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { LABEL, SYSTEM } from '../codes.ts';
import { columnsOf, extra, VERSION_COLUMNS } from './columns.ts';
import { hasCoding } from './paths.ts';
import type { View, ViewColumn } from './view.ts';

const IS_AI = hasCoding('meta.security', SYSTEM.observationValue, LABEL.ai);
const BAND = 'qualitativeRisk.coding.where(system.exists() and code.exists()).first().code';
const OUTCOME = 'outcome.coding.where(system.exists() and code.exists()).first().code';

/** As sent: on which scale, only the site knows. */
const output = (at: string): readonly ViewColumn[] =>
  columnsOf(SCORES, {
    score: `${at}probability.ofType(decimal)`,
    ci_low: `${at}probability.ofType(Range).low.value`,
    ci_high: `${at}probability.ofType(Range).high.value`,
    horizon_h: `${at}when.ofType(Range).high.value`,
    outcome_code: `${at}${OUTCOME}`,
    risk_band: `${at}${BAND}`,
  });

const scaleWords = (at: string): readonly ViewColumn[] => [
  extra(
    'ci_unit',
    `(${at}probability.ofType(Range).low.code | ${at}probability.ofType(Range).high.code).first()`,
    'UCUM of the limits.',
  ),
  extra(
    'horizon_unit',
    `(${at}when.ofType(Range).high.code | ${at}when.ofType(Range).high.unit).first()`,
    'Unit of the horizon.',
  ),
];

const MODEL = extra('model_reference', 'performer.reference', 'The Device; its row in models.');

export const RECOMMENDATIONS_VIEW: View = {
  table: 'recommendations',
  name: 'recommendations',
  title: 'AI recommendations',
  description: `${RECOMMENDATIONS.description} RiskAssessments that are labelled as an AI’s.`,
  resource: 'RiskAssessment',
  where: [IS_AI],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(RECOMMENDATIONS, {
          recommendation_version: 'meta.versionId',
          recommendation_identifier: 'identifier.first().value',
          title: 'code.text',
          patient_id: 'subject.reference',
          encounter_id: 'encounter.reference',
          fired_at: 'occurrence.ofType(dateTime)',
          status: 'status',
        }),
        MODEL,
        ...output('prediction.first().'),
        ...scaleWords('prediction.first().'),
        extra('replaced', 'parent.reference', 'The recommendation that it replaces.'),
      ],
    },
  ],
};

export const SCORES_VIEW: View = {
  table: 'scores',
  name: 'scores',
  title: 'Predictions of AI models',
  description: `${SCORES.description} RiskAssessments that are labelled as an AI’s.`,
  resource: 'RiskAssessment',
  where: [IS_AI],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(SCORES, {
          score_version: 'meta.versionId',
          patient_id: 'subject.reference',
          encounter_id: 'encounter.reference',
          scored_at: 'occurrence.ofType(dateTime)',
          status: 'status',
        }),
        MODEL,
      ],
    },
    { forEach: 'prediction', column: [...output(''), ...scaleWords('')] },
  ],
};
