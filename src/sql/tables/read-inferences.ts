import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { areLines, areRefs, areTimes, areWords } from './plain.ts';
import { cells } from './typed-row.ts';

/** Elements of a RiskAssessment that are read; what words may stand in is kept as it was sent. */
export const INFERENCE_ELEMENTS = [
  ...['contained', 'extension', 'modifierExtension', 'basedOn', 'occurrenceDateTime', 'status'],
  ...[
    'subject.reference',
    'encounter.reference',
    'parent.reference',
    'performer',
    'code',
    'method',
  ],
  ...['identifier.system', 'identifier.value'],
  ...[
    'outcome',
    'qualitativeRisk',
    'probabilityDecimal',
    '_probabilityDecimal',
    'relativeRisk',
  ].map((name) => `prediction.${name}`),
  ...['whenPeriod', 'extension', 'probabilityRange.extension'].map((name) => `prediction.${name}`),
  ...['low.value', 'low.code', 'low.unit', 'high.value', 'high.code', 'high.unit'].map(
    (name) => `prediction.probabilityRange.${name}`,
  ),
  ...['value', 'code', 'unit'].map((name) => `prediction.whenRange.high.${name}`),
];

const json = (name: string, value: string): string => `${name}:' || coalesce(${value}, 'null')`;

/** What tells one kind of AI output from another, numbers apart: few values in millions of rows. */
const PATTERN = `'{"${[
  json('status"', 'CAST(to_json(status) AS VARCHAR)'),
  json('"code"', 'CAST(code AS VARCHAR)'),
  json('"method"', 'CAST(method AS VARCHAR)'),
  json('"outcome"', 'CAST(one.outcome AS VARCHAR)'),
  json('"band"', 'CAST(one."qualitativeRisk" AS VARCHAR)'),
].join(" || ',")} || '}'`;

/** A flat row for each of `lines`. @param kept columns of `lines` that are kept beside. */
export const INFERENCE_SCAN = (kept: readonly string[]): string => `SELECT ${kept.join(', ')},
  meta."lastUpdated" AS recorded, CAST(performer AS VARCHAR) AS author, ${PATTERN} AS pattern,
  "occurrenceDateTime" AS occurred, subject.reference AS subject, encounter.reference AS encounter,
  coalesce(len(identifier), 0) AS identifiers, identifier[1].system AS system, identifier[1].value AS value,
  contained IS NULL AND extension IS NULL AND "modifierExtension" IS NULL AND parent IS NULL
    AND "basedOn" IS NULL AND coalesce(len(prediction), 0) = 1 AND one."relativeRisk" IS NULL
    AND one."whenPeriod" IS NULL AND one.extension IS NULL AND one."_probabilityDecimal" IS NULL
    AND one."probabilityRange".extension IS NULL AS simple,
  one."probabilityDecimal" AS sent, one."probabilityRange" IS NOT NULL AS has_range,
  one."probabilityRange".low.value AS low, one."probabilityRange".high.value AS high,
  coalesce(one."probabilityRange".low.code, one."probabilityRange".high.code,
    one."probabilityRange".low.unit, one."probabilityRange".high.unit) AS range_unit,
  one."whenRange".high.value AS ahead, one."whenRange".high.code AS ahead_code,
  one."whenRange".high.unit AS ahead_unit
FROM (SELECT *, prediction[1] AS one FROM lines)`;

const SENT = 'v.sent';

/** The scale on which a number was sent (`numbers.ts`): the site's rule, else by its size. */
const SCALE = `coalesce(a.rule, CASE WHEN ${SENT} > 1 OR ${SENT} < 0 THEN 'percent' ELSE 'unknown' END)`;
const SCORE = `CASE ${SCALE} WHEN 'percent' THEN ${SENT} / 100 ELSE ${SENT} END`;
const RANGE_SCALE = `CASE v.range_unit WHEN '%' THEN 'percent' WHEN '1' THEN 'fraction' ELSE a.rule END`;
const inRange = (value: string) =>
  `CASE ${RANGE_SCALE} WHEN 'percent' THEN ${value} / 100 ELSE ${value} END`;
const HORIZON_UNIT = `coalesce(v.ahead_code, v.ahead_unit, '')`;
const HOURS = `CASE WHEN ${HORIZON_UNIT} = 'min' THEN CAST(1 AS DOUBLE) / 60
  WHEN ${HORIZON_UNIT} IN ('h', 'hour', 'hours') THEN 1
  WHEN ${HORIZON_UNIT} IN ('d', 'day', 'days') THEN 24 WHEN ${HORIZON_UNIT} = 'wk' THEN 168 END`;

const PLAIN = [
  'a.is_ai AND p.readable AND v.simple',
  'is_id(v.id)',
  'v.occurred IS NOT NULL',
  areTimes(['v.occurred', 'v.recorded']),
  areRefs(['v.subject', 'v.encounter']),
  'v.identifiers <= 1 AND (v.identifiers = 0 OR v.value IS NOT NULL)',
  areLines(['v.value', 'v.ahead_unit']),
  areWords(['v.version_id', 'v.system', 'v.ahead_code']),
  `${SENT} IS NOT NULL AND ${SCORE} BETWEEN 0 AND CASE ${SCALE} WHEN 'unknown' THEN ${SENT} ELSE 1 END`,
  `(NOT v.has_range OR (v.low IS NOT NULL AND v.high IS NOT NULL AND ${RANGE_SCALE} IS NOT NULL
    AND ${inRange('v.low')} BETWEEN 0 AND ${inRange('v.high')} AND ${inRange('v.high')} <= 1))`,
];

/** AI RiskAssessments with whether SQL may read them. `authors` and `patterns` come from `fhir`. */
export const marked = (from: string): string => `SELECT v.* EXCLUDE (author, pattern), a.model_id,
  a.model_version, a.rule, p.title, p.kind, p.outcome_code, p.risk_band, p.priority, p.status AS card_status,
  coalesce(${PLAIN.join('\n  AND ')}, false)
    AND place_of('RiskAssessment', v.id) NOT IN (SELECT place FROM ai_targets) AS plain
FROM ${from} v
LEFT JOIN authors a ON a.sent IS NOT DISTINCT FROM v.author
LEFT JOIN patterns p ON p.sent = v.pattern`;

const scale = SCALE.replace('a.rule', 'v.rule');
const SHARED: Readonly<Record<string, string>> = {
  patient_id: 'known_ref(v.subject)',
  encounter_id: 'known_ref(v.encounter)',
  model_id: 'v.model_id',
  model_version: 'v.model_version',
  score: SCORE.replace('a.rule', 'v.rule'),
  score_scale: `CASE ${scale} WHEN 'unknown' THEN 'unknown' ELSE 'probability' END`,
  ci_low: inRange('v.low').replace('a.rule', 'v.rule'),
  ci_high: inRange('v.high').replace('a.rule', 'v.rule'),
  outcome_code: 'v.outcome_code',
  risk_band: 'v.risk_band',
  horizon_h: `v.ahead * (${HOURS})`,
  recorded_at: 'at_ms(v.recorded)',
};

const SOURCE = `place_of('RiskAssessment', v.id) AS place,
  version_of(v.version_id) AS version, at_ms(v.recorded) AS updated_at`;

export const readRecommendations = `SELECT ${cells(RECOMMENDATIONS, {
  ...SHARED,
  recommendation_id: "place_of('RiskAssessment', v.id)",
  recommendation_version: "coalesce(v.version_id, 'unknown')",
  recommendation_identifier: 'v.value',
  carrier: "'RiskAssessment'",
  kind: 'v.kind',
  title: 'v.title',
  priority: 'v.priority',
  fired_at: 'at_ms(v.occurred)',
  fired_offset_min: 'offset_min(v.occurred)',
  status: 'v.card_status',
})}, ${SOURCE}, CAST([] AS VARCHAR[]) AS replaces,
  CASE WHEN v.value IS NULL THEN CAST([] AS VARCHAR[])
    ELSE [coalesce(v.system, '') || '|' || v.value] END AS identifiers,
  CAST([] AS VARCHAR[]) AS action_of
FROM marked_inferences v`;

export const readScores = `SELECT ${cells(SCORES, {
  ...SHARED,
  score_id: "place_of('RiskAssessment', v.id)",
  score_version: "coalesce(v.version_id, 'unknown')",
  prediction: '0',
  scored_at: 'at_ms(v.occurred)',
  scored_offset_min: 'offset_min(v.occurred)',
  status: "CASE v.card_status WHEN 'current' THEN 'final' ELSE 'entered-in-error' END",
})}, ${SOURCE}
FROM marked_inferences v`;
