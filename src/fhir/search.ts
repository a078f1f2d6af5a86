import type { Coding } from '#src/domain/coding.ts';
import type { BasisReference, Carrier } from '#src/domain/recommendation.ts';
import type { WatchRule } from '#src/domain/site-config.ts';
import { AI_TRANSPARENCY, ITEM, SYSTEM } from './codes.ts';
import { parseReference } from './reference.ts';

/** The same shape as the gateway's `SearchQuery`; `fhir` knows of no HTTP. */
export interface FhirSearch {
  readonly type: string;
  readonly params: ReadonlyArray<readonly [name: string, value: string]>;
}

type Params = FhirSearch['params'];

/** Ids in one `_id` search: short enough for a GET line on any server. */
export const IDS_PER_SEARCH = 40;
const PAGE: Params[number] = ['_count', '100'];
const RECENT: Params[number] = ['_sort', '-_lastUpdated'];

const query = (type: string, ...params: Params): FhirSearch => ({ type, params });

/** Escapes what separates values in FHIR search (R4 search §3.1.1.2). */
export const escaped = (value: string): string => value.replace(/[\\,$|]/g, '\\$&');

const codeToken = (one: Coding): string => `${escaped(one.system)}|${escaped(one.code)}`;

/** One `code=a,b` parameter; nothing when there are no codes. */
const codeParam = (codes: readonly Coding[]): Params =>
  codes.length === 0 ? [] : [['code', codes.map(codeToken).join(',')]];

const AI_LABEL = `${SYSTEM.observationValue}|AIAST`;

/**
 * Per carrier, as R4 defines the search parameters: all of a patient's, newest first, with the Device
 * where an include for it exists (DetectedIssue `author`, RiskAssessment and GuidanceResponse
 * `performer`, requests `requester`, Observation `device`). GuidanceResponse is not in the Patient
 * compartment and has no include for `result`: RequestGroups come from `requestGroups`.
 */
const CARRIER_SEARCHES: Readonly<Record<Carrier, Params>> = {
  RiskAssessment: [['_include', 'RiskAssessment:performer'], ['_sort', '-date'], PAGE],
  GuidanceResponse: [RECENT, PAGE],
  DetectedIssue: [['_include', 'DetectedIssue:author'], ['_sort', '-identified'], PAGE],
  ServiceRequest: [
    ['intent', 'proposal'],
    ['_include', 'ServiceRequest:requester'],
    ['_sort', '-authored'],
    PAGE,
  ],
  MedicationRequest: [
    ['intent', 'proposal'],
    ['_include', 'MedicationRequest:requester'],
    ['_include', 'MedicationRequest:medication'],
    ['_sort', '-authoredon'],
    PAGE,
  ],
  Observation: [
    ['_security', AI_LABEL],
    ['_include', 'Observation:device'],
    ['_sort', '-date'],
    PAGE,
  ],
};

/** Searches for all AI recommendations of a patient, one per carrier that the site has enabled. */
export function recommendationSearches(
  patientId: string,
  carriers: readonly string[] = Object.keys(CARRIER_SEARCHES),
): readonly FhirSearch[] {
  return Object.entries(CARRIER_SEARCHES)
    .filter(([type]) => carriers.includes(type))
    .map(([type, params]) =>
      query(type, ['patient', `Patient/${patientId}`], ...params, [
        '_revinclude',
        'Provenance:target',
      ]),
    );
}

/**
 * The same search for servers that answer 400 to `_include`, `_revinclude`, `_sort` or `_security`:
 * patient and intent only.
 */
export const plainSearch = (search: FhirSearch): FhirSearch =>
  query(
    search.type,
    ...search.params.filter(([name]) => ['patient', 'intent', '_count'].includes(name)),
  );

/** RequestGroups of a patient: where a GuidanceResponse's content is. */
export const requestGroups = (patientId: string): FhirSearch =>
  query('RequestGroup', ['patient', `Patient/${patientId}`], RECENT, PAGE);

/** Provenances of these resources (relative references), to learn which are AI output. */
export const provenancesOf = (references: readonly string[]): readonly FhirSearch[] =>
  chunks(references, IDS_PER_SEARCH).map((chunk) =>
    query('Provenance', ['target', chunk.map(escaped).join(',')], PAGE),
  );

/** All answers about a patient; matched to recommendations locally (fhir-contract "Writing"). */
export const responsesOf = (patientId: string): FhirSearch =>
  query(
    'Observation',
    ['patient', `Patient/${patientId}`],
    ['code', `${SYSTEM.feedbackItem}|${ITEM.response}`],
    ['_sort', '-date'],
    PAGE,
  );

/**
 * Resolves references by `_id`, one search per type and chunk. Only those on `server` itself; others
 * must never be asked for with this server's token and stay unresolved.
 */
export function basisSearches(
  basis: readonly BasisReference[],
  server: string,
): readonly FhirSearch[] {
  const ids = new Map<string, Set<string>>();
  for (const { reference } of basis) {
    const target = parseReference(reference?.split('#')[0], server);
    if (target === undefined || target.ref.server !== server || reference?.includes('#')) continue;
    const known = ids.get(target.ref.type) ?? new Set();
    ids.set(target.ref.type, known.add(target.ref.id));
  }
  return [...ids].flatMap(([type, all]) =>
    chunks([...all], IDS_PER_SEARCH).map((chunk) => query(type, ['_id', chunk.join(',')], PAGE)),
  );
}

/** Observations of these codes since a time (ISO 8601 with offset), newest first. */
export const seriesSearch = (
  patientId: string,
  codes: readonly Coding[],
  since: string,
): FhirSearch | undefined =>
  codes.length === 0
    ? undefined
    : query(
        'Observation',
        ['patient', `Patient/${patientId}`],
        ...codeParam(codes),
        ['date', `ge${since}`],
        ['_sort', '-date'],
        ['_count', '200'],
      );

// R4's date parameter and default sort per watched type.
const WATCH_DATE = {
  Observation: 'date',
  MedicationAdministration: 'effective-time',
  MedicationRequest: 'authoredon',
  Procedure: 'date',
} as const satisfies Record<WatchRule['resource'], string>;

/**
 * Searches for watched chart content since a time, one per rule. A medication named by reference is
 * included, since its code is not in the resource itself, and codes are then matched locally.
 */
export function watchSearches(
  patientId: string,
  rules: readonly WatchRule[],
  since: string,
): readonly FhirSearch[] {
  return rules.map((rule) => {
    const date = WATCH_DATE[rule.resource];
    const medication = rule.resource.startsWith('Medication');
    return query(
      rule.resource,
      ['patient', `Patient/${patientId}`],
      ...(medication ? [] : codeParam(rule.codes)),
      [date, `ge${since}`],
      ...(medication ? ([['_include', `${rule.resource}:medication`]] as const) : []),
      ['_sort', `-${date}`],
      PAGE,
    );
  });
}

/** Devices by id, for recommendations whose search could not include them. */
export const deviceSearches = (
  references: readonly string[],
  server: string,
): readonly FhirSearch[] =>
  basisSearches(
    references.map((reference) => ({ reference })),
    server,
  ).filter((one) => one.type === 'Device');

/**
 * All lifecycle states that a registry holds, newest first; with the models that they are about where
 * these are known by name only, since their recommendations are on another server.
 */
export const registrySearch = ({ withModels } = { withModels: true }): FhirSearch =>
  query(
    'Observation',
    ['code', `${SYSTEM.feedbackItem}|model-state`],
    ...(withModels ? ([['_include', 'Observation:subject']] as const) : []),
    ['_sort', '-date'],
    PAGE,
  );

/** Model cards about these models (AI-ModelCard DocumentReferences), for Devices that link none. */
export const modelCards = (deviceReferences: readonly string[]): FhirSearch | undefined =>
  deviceReferences.length === 0
    ? undefined
    : query(
        'DocumentReference',
        ['subject', deviceReferences.map(escaped).join(',')],
        ['type', `${AI_TRANSPARENCY.inputs}|AIModelCard`],
        PAGE,
      );

/** A recommendation that the launch named by identifier (`fhirContext`), in the configured source. */
export const byIdentifier = (
  type: string,
  identifier: { system?: string; value: string },
): FhirSearch =>
  query(type, [
    'identifier',
    identifier.system === undefined
      ? escaped(identifier.value)
      : `${escaped(identifier.system)}|${escaped(identifier.value)}`,
  ]);

/** Encounter of the launch and roles of the clinician: where and as what the answer is given. */
export const settingSearches = (
  encounterId: string | undefined,
  performer: string | undefined,
): readonly FhirSearch[] => [
  ...(encounterId === undefined ? [] : [query('Encounter', ['_id', encounterId])]),
  ...(performer?.startsWith('Practitioner/')
    ? [query('PractitionerRole', ['practitioner', performer])]
    : []),
];

export function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}
