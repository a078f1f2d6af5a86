import { AI_REASONS, NON_ADHERENCE_REASONS } from '#src/domain/reasons.ts';
import { MODEL_STATES } from '#src/domain/recommendation.ts';

/** Words that may stand in a column of a de-identified package, by its name. */
export type Words = Readonly<Record<string, readonly string[]>>;

const REASONS = [
  ...NON_ADHERENCE_REASONS,
  ...NON_ADHERENCE_REASONS.flatMap(({ reasons }) => reasons),
  ...AI_REASONS,
];

/** Published lists: nothing in them can name a person or a place of one hospital. */
const PUBLISHED: Words = {
  reason_code: REASONS.map(({ code }) => code),
  all_reasons: REASONS.map(({ code }) => code),
  reason_display: REASONS.map(({ display }) => display),
  reason_category: [...NON_ADHERENCE_REASONS.map(({ code }) => code), 'ai'],
  reason_owner: [...REASONS.map(({ owner }) => owner), 'triage'],
  reason_system: ['http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes'],
  arm: ['live', 'silent', 'blind-first', 'control'],
  // HL7 risk-probability, and what producers write beside it.
  risk_band: [
    'negligible',
    'low',
    'moderate',
    'medium',
    'high',
    'very-high',
    'critical',
    'certain',
  ],
  // HL7 v3-ActCode, encounter classes.
  encounter_class: [
    'AMB',
    'EMER',
    'FLD',
    'HH',
    'IMP',
    'ACUTE',
    'NONAC',
    'OBSENC',
    'PRENC',
    'SS',
    'VR',
  ],
  // US Core: OMB categories.
  race_ethnicity: [
    ...['1002-5', '2028-9', '2054-5', '2076-8', '2106-3', '2131-1'],
    ...['2135-2', '2186-5', 'UNK', 'ASKU'],
  ],
  payer: ['medicare', 'medicaid', 'commercial', 'self-pay', 'other'],
  clinician_role: [
    ...['physician', 'resident', 'nurse', 'pharmacist', 'case-manager', 'therapist'],
    ...['doctor', 'nurse-practitioner', 'physician-assistant', 'technician', 'midwife'],
  ],
  stratum: ['overridden', 'accepted', 'accepted-modified', 'deferred'],
  to_value: MODEL_STATES,
  from_value: MODEL_STATES,
};

/** Two groups at most three long: a date or an address has more. `unknown` says that nobody said. */
const VERSION = /^(unknown|v?[0-9]{1,2}(\.[0-9]{1,2}(\.[0-9])?)?)$/;
const COUNTED = /^(unknown|[0-9]{1,3})$/;
const LANGUAGE = /^[a-z]{2}(-[A-Z]{2})?$/;
const FORMED: Readonly<Record<string, RegExp>> = {
  recommendation_version: COUNTED,
  score_version: COUNTED,
  model_version: VERSION,
  app_version: VERSION,
  from_value: VERSION,
  to_value: VERSION,
  language: LANGUAGE,
};

/**
 * Whether a word may stand in a de-identified column. Everything that nobody listed may not: a list
 * is something that a privacy board can read and sign.
 * @param own words that the site states: models, outcomes and kinds of its settings.
 */
export function knownWords(own: Words = {}): (column: string, word: string) => boolean {
  const columns = new Set([...Object.keys(PUBLISHED), ...Object.keys(own)]);
  const known = new Map(
    [...columns].map((name) => [name, new Set([...(PUBLISHED[name] ?? []), ...(own[name] ?? [])])]),
  );
  return (column, word) => known.get(column)?.has(word) || FORMED[column]?.test(word) || false;
}
