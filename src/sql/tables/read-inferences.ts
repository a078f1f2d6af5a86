import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { cells } from './typed-row.ts';

/** What tells one kind of AI output from another, numbers apart: few values in millions of rows. */
export const PATTERN = `to_json({
  status: v.status, code: v.code, method: v.method,
  outcome: v.prediction[1].outcome, band: v.prediction[1].qualitativeRisk })`;

export const AUTHOR = 'to_json(v.performer)';

const ONE = 'v.prediction[1]';
const LOW = `${ONE}.probabilityRange.low`;
const HIGH = `${ONE}.probabilityRange.high`;
const WHEN = `${ONE}.whenRange.high`;
const SENT = `${ONE}.probabilityDecimal`;

/** The scale on which a number was sent (`numbers.ts`): the site's rule, else by its size. */
const SCALE = `coalesce(a.rule, CASE WHEN ${SENT} > 1 OR ${SENT} < 0 THEN 'percent' ELSE 'unknown' END)`;
const SCORE = `CASE ${SCALE} WHEN 'percent' THEN ${SENT} / 100 ELSE ${SENT} END`;
const UNIT = `coalesce(${LOW}.code, ${HIGH}.code, ${LOW}.unit, ${HIGH}.unit)`;
const RANGE_SCALE = `CASE ${UNIT} WHEN '%' THEN 'percent' WHEN '1' THEN 'fraction' ELSE a.rule END`;
const inRange = (value: string) =>
  `CASE ${RANGE_SCALE} WHEN 'percent' THEN ${value} / 100 ELSE ${value} END`;
const HORIZON_UNIT = `coalesce(${WHEN}.code, ${WHEN}.unit, '')`;
const HOURS = `CASE WHEN ${HORIZON_UNIT} = 'min' THEN CAST(1 AS DOUBLE) / 60
  WHEN ${HORIZON_UNIT} IN ('h', 'hour', 'hours') THEN 1
  WHEN ${HORIZON_UNIT} IN ('d', 'day', 'days') THEN 24 WHEN ${HORIZON_UNIT} = 'wk' THEN 168 END`;

const PLAIN = [
  'a.is_ai AND p.readable',
  'is_id(v.id)',
  'v.contained IS NULL AND v.extension IS NULL AND v.modifierExtension IS NULL',
  'v.parent IS NULL AND v.basedOn IS NULL',
  'coalesce(len(v.prediction), 0) = 1',
  `${ONE}.relativeRisk IS NULL AND ${ONE}.whenPeriod IS NULL AND ${ONE}.extension IS NULL`,
  `${ONE}."_probabilityDecimal" IS NULL AND ${ONE}.probabilityRange.extension IS NULL`,
  'v.occurrenceDateTime IS NOT NULL AND is_time(v.occurrenceDateTime)',
  'is_time(v.meta.lastUpdated) AND is_word(v.meta.versionId)',
  'is_ref(v.subject.reference) AND is_ref(v.encounter.reference)',
  'coalesce(len(v.identifier), 0) <= 1',
  '(v.identifier IS NULL OR (v.identifier[1].value IS NOT NULL AND is_line(v.identifier[1].value)))',
  'is_word(v.identifier[1].system)',
  `${SENT} IS NOT NULL AND ${SCORE} BETWEEN 0 AND CASE ${SCALE} WHEN 'unknown' THEN ${SENT} ELSE 1 END`,
  `(${ONE}.probabilityRange IS NULL OR (${LOW}.value IS NOT NULL AND ${HIGH}.value IS NOT NULL
    AND ${RANGE_SCALE} IS NOT NULL
    AND ${inRange(`${LOW}.value`)} BETWEEN 0 AND ${inRange(`${HIGH}.value`)} AND ${inRange(`${HIGH}.value`)} <= 1))`,
  `is_word(${LOW}.code) AND is_word(${HIGH}.code) AND is_word(${WHEN}.code) AND is_line(${WHEN}.unit)`,
];

/** AI RiskAssessments with whether SQL may read them. `authors` and `patterns` come from `fhir`. */
export const markPlainInferences = `SELECT v.*, a.model_id, a.model_version, a.rule, p.title, p.kind,
  p.outcome_code, p.risk_band, p.priority, p.status AS card_status,
  coalesce(${PLAIN.join('\n  AND ')}, false)
    AND place_of('RiskAssessment', v.id) NOT IN (SELECT place FROM ai_targets) AS plain
FROM source_riskassessment v
LEFT JOIN authors a ON a.sent IS NOT DISTINCT FROM CAST(${AUTHOR} AS VARCHAR)
LEFT JOIN patterns p ON p.sent = CAST(${PATTERN} AS VARCHAR)`;

const scale = SCALE.replace('a.rule', 'v.rule');
const SHARED: Readonly<Record<string, string>> = {
  patient_id: 'plain_ref(v.subject.reference)',
  encounter_id: 'plain_ref(v.encounter.reference)',
  model_id: 'v.model_id',
  model_version: 'v.model_version',
  score: SCORE.replace('a.rule', 'v.rule'),
  score_scale: `CASE ${scale} WHEN 'unknown' THEN 'unknown' ELSE 'probability' END`,
  ci_low: inRange(`${LOW}.value`).replace('a.rule', 'v.rule'),
  ci_high: inRange(`${HIGH}.value`).replace('a.rule', 'v.rule'),
  outcome_code: 'v.outcome_code',
  risk_band: 'v.risk_band',
  horizon_h: `${WHEN}.value * (${HOURS})`,
  recorded_at: 'at_ms(v.meta.lastUpdated)',
};

const SOURCE = `place_of('RiskAssessment', v.id) AS place,
  version_of(v.meta.versionId) AS version, at_ms(v.meta.lastUpdated) AS updated_at`;

export const readRecommendations = `SELECT ${cells(RECOMMENDATIONS, {
  ...SHARED,
  recommendation_id: "place_of('RiskAssessment', v.id)",
  recommendation_version: "coalesce(v.meta.versionId, 'unknown')",
  recommendation_identifier: 'v.identifier[1].value',
  carrier: "'RiskAssessment'",
  kind: 'v.kind',
  title: 'v.title',
  priority: 'v.priority',
  fired_at: 'at_ms(v.occurrenceDateTime)',
  fired_offset_min: 'offset_min(v.occurrenceDateTime)',
  status: 'v.card_status',
})}, ${SOURCE}, CAST([] AS VARCHAR[]) AS replaces,
  CASE WHEN v.identifier[1].value IS NULL THEN CAST([] AS VARCHAR[])
    ELSE [coalesce(v.identifier[1].system, '') || '|' || v.identifier[1].value] END AS identifiers,
  CAST([] AS VARCHAR[]) AS action_of
FROM marked_inferences v WHERE v.plain`;

export const readScores = `SELECT ${cells(SCORES, {
  ...SHARED,
  score_id: "place_of('RiskAssessment', v.id)",
  score_version: "coalesce(v.meta.versionId, 'unknown')",
  prediction: '0',
  scored_at: 'at_ms(v.occurrenceDateTime)',
  scored_offset_min: 'offset_min(v.occurrenceDateTime)',
  status: "CASE v.card_status WHEN 'current' THEN 'final' ELSE 'entered-in-error' END",
})}, ${SOURCE}
FROM marked_inferences v WHERE v.plain`;
