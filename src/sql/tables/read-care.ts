import { SEXES } from '#src/domain/tables/column-groups.ts';
import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import { text } from '../fhirpath/compile.ts';
import { EVER } from './lookups.ts';
import { areRefs, areTimes, areWords } from './plain.ts';
import { cells } from './typed-row.ts';

/** What a resource of one type says of care: how it is read flat, what is odd in it, and its rows. */
export interface CareReading {
  readonly elements: readonly string[];
  /** Its cells out of `lines`, beside where the line stands. `pattern` is for `fhir/tables` to read. */
  readonly cells: readonly string[];
  /** By what it is known whether anything that is asked for needs it. */
  readonly about: 'id' | 'subject';
}

const json = (entries: Readonly<Record<string, string>>): string =>
  `'{' || ${Object.entries(entries)
    .map(([name, value]) => `'"${name}":' || coalesce(CAST(${value} AS VARCHAR), 'null')`)
    .join(" || ',' || ")} || '}'`;

const US_CORE = ['us-core-race', 'us-core-ethnicity'].map(
  (name) => `contains(x.url, ${text(name)})`,
);

const PATIENT: CareReading = {
  elements: [
    ...[
      'birthDate',
      'gender',
      'extension.url',
      'extension.extension.url',
      'communication.preferred',
    ],
    ...['system', 'code', 'display'].flatMap((part) => [
      `extension.extension.valueCoding.${part}`,
      `communication.language.coding.${part}`,
    ]),
  ],
  // Of what else stands in extensions there may be as much as there are patients.
  cells: [
    '"birthDate" AS birth_date',
    `CASE WHEN gender IN (${SEXES.map(text).join(', ')}) THEN gender END AS sex`,
    `${json({
      extension: `to_json(list_filter(extension, lambda x: ${US_CORE.join(' OR ')}))`,
      communication: 'to_json(communication)',
    })} AS pattern`,
  ],
  about: 'id',
};

const ENCOUNTER: CareReading = {
  elements: [
    ...['subject.reference', 'class.code', 'serviceType', 'status', 'period.start', 'period.end'],
    ...['location.reference', 'status', 'period.start', 'period.end'].map(
      (name) => `location.${name}`,
    ),
  ],
  cells: [
    ...['subject.reference AS subject', 'status', 'period.start AS began', 'period.end AS ended'],
    `list_transform(list_filter(location, lambda x: x IS NOT NULL
      AND (x.status IS NULL OR x.status NOT IN ('planned', 'reserved'))), lambda x: {
      unit: x.location.reference, began: x.period.start, ended: x.period.end }) AS places`,
    `${json({ class: 'to_json(class)', serviceType: '"serviceType"' })} AS pattern`,
  ],
  about: 'id',
};

const outcome = (
  code: string,
  times: readonly string[],
  {
    encounter = 'encounter',
    period,
    known,
  }: { encounter?: string; period?: string; known?: string },
  more: readonly string[] = [],
): CareReading => ({
  elements: [
    ...['subject.reference', `${encounter}.reference`, 'encounter.reference', code, ...times],
    ...['meta.security', ...(period === undefined ? [] : [period]), ...more],
  ],
  cells: [
    'subject.reference AS subject',
    `${encounter === 'encounter' ? '' : 'encounter.reference IS NULL AND '}${
      period === undefined ? 'true' : `"${period}" IS NULL`
    } AS simple`,
    `${encounter}.reference AS encounter`,
    `coalesce(${times.map((name) => `"${name}"`).join(', ')}) AS happened`,
    `${known === undefined ? 'CAST(NULL AS VARCHAR)' : `"${known}"`} AS known`,
    `${json(
      Object.fromEntries([
        ['security', 'to_json(meta.security)'],
        [code, `"${code}"`],
        ...more.map((name) => [name, `to_json("${name}")`]),
      ]),
    )} AS pattern`,
  ],
  about: 'subject',
});

export const CARE = {
  Encounter: ENCOUNTER,
  Patient: PATIENT,
  Condition: outcome(
    'code',
    ['onsetDateTime', 'recordedDate'],
    { period: 'onsetPeriod', known: 'recordedDate' },
    ['verificationStatus'],
  ),
  Procedure: outcome('code', ['performedDateTime'], { period: 'performedPeriod' }, ['status']),
  MedicationAdministration: outcome(
    'medicationCodeableConcept',
    ['effectiveDateTime'],
    { period: 'effectivePeriod', encounter: 'context' },
    ['status'],
  ),
} as const satisfies Readonly<Record<string, CareReading>>;

export type CareType = keyof typeof CARE;
export const OUTCOME_TYPES = ['Condition', 'Procedure', 'MedicationAdministration'] as const;

/** A flat row for each of `lines`. @param kept columns that are kept beside. @param needed which of them. */
export const careScan = (type: CareType, kept: readonly string[], needed: string): string =>
  `SELECT ${[...kept, 'meta."lastUpdated" AS recorded', ...CARE[type].cells].join(', ')} FROM lines WHERE ${needed}`;

const PLAIN_SOURCE = `is_id(v.id) AND ${areWords(['v.version_id'])}`;
const SOURCE = (type: CareType): string => `place_of('${type}', v.id) AS place,
  version_of(v.version_id) AS version, at_ms(v.recorded) AS updated_at`;

const MONTH = String.raw`[12]\d{3}(-(0[1-9]|1[0-2]))?`;
const DAY = String.raw`[12]\d{3}-\d{2}-\d{2}`;

export const ODD_PATIENTS = `SELECT v.id FROM source_patient v WHERE NOT coalesce(${PLAIN_SOURCE}
  AND ${areTimes(['v.recorded'])} AND (v.birth_date IS NULL OR regexp_full_match(v.birth_date, '${MONTH}')
    OR (regexp_full_match(v.birth_date, '${DAY}') AND try_cast(v.birth_date AS DATE) IS NOT NULL)), false)`;

/** `patient_patterns`: race and language of what a Patient says of them. */
export const readPatients = `SELECT place_of('Patient', v.id) AS patient_id, v.birth_date, v.sex,
  p.race_ethnicity, p.language, ${SOURCE('Patient')}
FROM source_patient v LEFT JOIN patient_patterns p ON p.sent = v.pattern`;

const places = (name: string): string => `list_transform(v.places, lambda x: x.${name})`;
const every = (macro: string, list: string): string =>
  `coalesce(list_bool_and(list_transform(${list}, lambda t: ${macro}(t))), true)`;

/** Two arrivals at one moment on one unit have an order that only the file knows. */
export const ODD_ENCOUNTERS = `SELECT v.id FROM source_encounter v WHERE NOT coalesce(${PLAIN_SOURCE}
  AND ${areTimes(['v.recorded', 'v.began', 'v.ended'])} AND ${areRefs(['v.subject'])}
  AND ${every('is_ref', places('unit'))} AND ${every('is_time', places('began'))}
  AND ${every('is_time', places('ended'))}
  AND (coalesce(len(v.places), 0) <= 1 OR len(list_distinct(list_transform(v.places, lambda x:
    { moment: coalesce(at_ms(x.began), at_ms(v.began)), unit: x.unit }))) = len(v.places)), false)`;

/** `encounter_patterns`: class and specialty. Stays in the order of arrival, then of the unit. */
export const readEncounters = `SELECT ${cells(ENCOUNTERS, {
  encounter_id: "place_of('Encounter', v.id)",
  stay: 'v.stay',
  patient_id: 'known_ref(v.subject)',
  encounter_class: 'p.encounter_class',
  specialty: 'p.specialty',
  unit: "nullif(v.here.unit, '')",
  stay_start: `nullif(v.here.began, -${EVER})`,
  stay_end: 'v.here.ended',
  encounter_end: 'at_ms(v.ended)',
  status:
    "CASE WHEN v.status IN ('cancelled', 'entered-in-error') THEN 'entered-in-error' ELSE 'final' END",
})}, ${SOURCE('Encounter')}
FROM (SELECT *, unnest(stays) AS here, generate_subscripts(stays, 1) - 1 AS stay FROM (
  SELECT *, CASE WHEN coalesce(len(places), 0) = 0 THEN [{ began: coalesce(at_ms(began), -${EVER}),
      unit: '', ended: at_ms(ended) }]
    ELSE list_sort(list_transform(places, lambda x: { began: coalesce(at_ms(x.began), at_ms(began), -${EVER}),
      unit: coalesce(known_ref(x.unit), ''), ended: coalesce(at_ms(x.ended), at_ms(ended)) })) END AS stays
  FROM source_encounter WHERE status IS DISTINCT FROM 'planned')) v
LEFT JOIN encounter_patterns p ON p.sent = v.pattern`;

const found = (type: CareType): string =>
  `source_${type.toLowerCase()} v JOIN outcome_patterns p ON p.type = '${type}' AND p.sent = v.pattern`;

/** Only of what a rule finds: the rest is not looked at. */
export const oddOutcomes = (type: CareType): string => `SELECT v.id FROM ${found(type)}
  WHERE NOT coalesce(v.simple AND ${PLAIN_SOURCE} AND ${areRefs(['v.subject', 'v.encounter'])}
    AND ${areTimes(['v.recorded', 'v.happened', 'v.known'])}, false)`;

export const readOutcomes = (type: CareType): string => `SELECT ${cells(OUTCOMES, {
  outcome_id: `place_of('${type}', v.id)`,
  rule: 'p.rule',
  kind: 'p.kind',
  patient_id: 'known_ref(v.subject)',
  encounter_id: 'known_ref(v.encounter)',
  outcome_code: 'p.outcome_code',
  label: 'true',
  critical: 'p.critical',
  happened_at: 'at_ms(v.happened)',
  happened_offset_min: 'offset_min(v.happened)',
  label_at: 'coalesce(at_ms(v.known), at_ms(v.recorded))',
  label_source: "'fhir-rule'",
  censored: 'false',
  recorded_at: 'at_ms(v.recorded)',
  status: 'p.status',
})}, ${SOURCE(type)}
FROM ${found(type)}`;
