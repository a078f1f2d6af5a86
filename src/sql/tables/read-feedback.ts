import { MODEL_STATES } from '#src/domain/recommendation.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { EXPOSURES } from '#src/domain/tables/exposures.ts';
import { ACTION_NOTE } from '#src/fhir/feedback/read-response.ts';
import { RESPONSE_DISPLAY } from '#src/fhir/feedback-terms.ts';
import { text } from '../fhirpath/compile.ts';
import { areLines, areRefs, areTimes, areWords } from './plain.ts';
import { cells } from './typed-row.ts';

const list = (words: readonly string[]): string => words.map(text).join(', ');
const between = (value: string, low: number, high: number): string =>
  `CASE WHEN ${value} BETWEEN ${low} AND ${high} THEN ${value} END`;

/** What a display and an answer share, out of the columns of their view. */
const SHARED: Readonly<Record<string, string>> = {
  recommendation_id: 'known_ref(v.recommendation_id)',
  recommendation_version: "coalesce(v.recommendation_version, 'unknown')",
  patient_id: 'known_ref(v.patient_id)',
  encounter_id: 'known_ref(v.encounter_id)',
  clinician_id: 'known_ref(v.clinician_id)',
  clinician_role: 'v.clinician_role',
  model_id: 'v.model_id',
  model_version: "CASE WHEN v.model_id IS NOT NULL THEN coalesce(v.model_version, 'unknown') END",
  model_state: `CASE WHEN v.model_state IN (${list(MODEL_STATES)}) THEN v.model_state WHEN v.model_state IS NOT NULL THEN 'unknown' END`,
  app_version: "nullif(v.app_version, 'unknown')",
  recorded_at: 'at_ms(v.recorded_at)',
  status: "CASE WHEN v.status = 'entered-in-error' THEN v.status ELSE 'final' END",
  time_quality: "'ok'",
};

const SOURCE = `place_of('Observation', v.resource_id) AS place, version_of(v.version_id) AS version, at_ms(v.recorded_at) AS updated_at`;

const of = (names: readonly string[]): readonly string[] => names.map((name) => `v.${name}`);
const there = (names: readonly string[]): string =>
  names.map((name) => `v.${name} IS NOT NULL`).join(' AND ');

interface Cells {
  readonly needed: readonly string[];
  readonly refs: readonly string[];
  readonly words: readonly string[];
  readonly lines: readonly string[];
  readonly times: readonly string[];
}

/** Whether SQL reads the same as `fhir/feedback`: nothing odd in any cell. */
const plain = (cells: Cells, ...conditions: readonly string[]): string =>
  `coalesce(${[
    "v.status IN ('final', 'amended', 'corrected', 'entered-in-error')",
    'is_id(v.resource_id)',
    there(['recommendation_id', 'patient_id', 'clinician_id', ...cells.needed]),
    areRefs(of(['recommendation_id', 'patient_id', 'clinician_id', 'encounter_id', ...cells.refs])),
    areWords(
      of(['recommendation_version', 'app_version', 'model_version', 'version_id', ...cells.words]),
    ),
    areLines(of(['clinician_role', 'model_id', 'model_state', ...cells.lines])),
    areTimes(of(['recorded_at', ...cells.times])),
    ...conditions,
  ].join('\n  AND ')}, false)`;

const DECISION_PLAIN = plain(
  {
    needed: ['decision_id', 'decided_at'],
    refs: ['unit', 'action_reference', 'replaces_reference'],
    words: ['decision_id', 'replaces_id', 'reason_system', 'action_system'],
    lines: [
      ...['recommendation_identifier', 'reason_code', 'reason_display', 'action_code'],
      ...['risk_band', 'arm'],
    ],
    times: ['decided_at', 'deferred_until', 'displayed_at'],
  },
  `v.response IN (${list(Object.keys(RESPONSE_DISPLAY))})`,
  'v.action_words IS NULL',
  '(v.replaces_reference IS NULL OR v.replaces_id IS NOT NULL)',
  'coalesce(len(v.all_reasons), 0) = coalesce(len(v.reason_parts), 0)',
  'coalesce(list_bool_and(list_transform(v.all_reasons, lambda x: is_word(x))), true)',
  'coalesce(len(v.comment), 0) <= 200',
  `coalesce(list_bool_and(list_transform(v.comment, lambda x: is_text(x) AND NOT starts_with(x, ${text(ACTION_NOTE.trim())}))), true)`,
  '(NOT v.comment_present OR v.comment IS NOT NULL)',
);

const EXPOSURE_PLAIN = plain({
  needed: ['exposure_id', 'displayed_at'],
  refs: [],
  words: ['exposure_id'],
  lines: [],
  times: ['displayed_at'],
});

/** The ids of what SQL must not read: what is odd, and what is neither answer nor display. */
export const ODD_FEEDBACK = `SELECT id FROM source_observation WHERE id NOT IN (
    SELECT resource_id FROM raw_decisions UNION ALL SELECT resource_id FROM raw_exposures)
  UNION SELECT v.resource_id AS id FROM raw_decisions v WHERE NOT ${DECISION_PLAIN}
  UNION SELECT v.resource_id FROM raw_exposures v WHERE NOT ${EXPOSURE_PLAIN}`;

/** @param sink where these answers stand (`TableContext.sink`). `reasons`: code, category, owner. */
export const readDecisions = (sink: string): string => `SELECT ${cells(DECISIONS, {
  ...SHARED,
  decision_id: 'v.decision_id',
  replaces_id: 'v.replaces_id',
  recommendation_identifier: 'v.recommendation_identifier',
  unit: 'known_ref(v.unit)',
  response: 'v.response',
  reason_system: 'v.reason_system',
  reason_code: 'v.reason_code',
  reason_display: 'v.reason_display',
  reason_category: 'r.category',
  reason_owner: 'r.owner',
  all_reasons: "array_to_string(v.all_reasons, ' ')",
  action_system: 'v.action_system',
  action_code: 'v.action_code',
  action_reference: 'known_ref(v.action_reference)',
  deferred_until: 'at_ms(v.deferred_until)',
  usefulness: `CASE WHEN v.usefulness = floor(v.usefulness) THEN ${between('v.usefulness', 1, 5)} END`,
  comment_present: 'v.comment IS NOT NULL',
  comment: 'array_to_string(v.comment, chr(10) || chr(10))',
  risk_band: 'v.risk_band',
  arm: 'v.arm',
  shown_probability: between('v.shown_probability', 0, 1),
  displayed_at: 'at_ms(v.displayed_at)',
  dwell_ms: `floor(${between('v.dwell_ms', 0, Number.MAX_SAFE_INTEGER)} + 0.5)`,
  evidence_opened: 'v.evidence_opened',
  decided_at: 'at_ms(v.decided_at)',
  decided_offset_min: 'offset_min(v.decided_at)',
  sink: text(sink),
})}, ${SOURCE}, known_ref(v.replaces_reference) AS replaces_place, false AS replaces_some
FROM raw_decisions v LEFT JOIN reasons r ON r.code = v.reason_code`;

export const readExposures = `SELECT ${cells(EXPOSURES, {
  ...SHARED,
  exposure_id: 'v.exposure_id',
  displayed_at: 'at_ms(v.displayed_at)',
  displayed_offset_min: 'offset_min(v.displayed_at)',
  implied: 'false',
})}, ${SOURCE}
FROM raw_exposures v`;
