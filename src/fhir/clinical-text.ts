import type { Coding } from '#src/domain/coding.ts';
import { unwrapConcept, unwrapReference } from './basis.ts';
import { codings, conceptText, firstOf, period } from './datatypes.ts';
import { dateTime } from './date-time.ts';
import { defined, get, type Json, line, objects, text } from './read.ts';
import { literal, type ResourcePool, refOf, resolve, resourceType } from './reference.ts';

/** What a resource other than an Observation says in one line, and when. */
export interface Described {
  readonly label?: string;
  readonly coding?: Coding;
  readonly text?: string;
  readonly at?: string;
}

// Elements in the order of preference. `label` and `text` may hold a concept or a string.
interface Row {
  readonly label: readonly string[];
  readonly text: readonly string[];
  readonly at: readonly string[];
}

const ROWS: ReadonlyMap<string, Row> = new Map([
  [
    'Condition',
    {
      label: ['code'],
      text: ['clinicalStatus'],
      at: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    },
  ],
  [
    'AllergyIntolerance',
    {
      label: ['code'],
      text: ['criticality', 'clinicalStatus'],
      at: ['recordedDate', 'onsetDateTime'],
    },
  ],
  [
    'Procedure',
    {
      label: ['code'],
      text: ['outcome', 'status'],
      at: ['performedDateTime', 'performedPeriod', 'occurrenceDateTime', 'occurrencePeriod'],
    },
  ],
  [
    'MedicationRequest',
    { label: ['medication'], text: ['dosageInstruction', 'status'], at: ['authoredOn'] },
  ],
  [
    'MedicationAdministration',
    {
      label: ['medication'],
      text: ['dosage', 'status'],
      at: ['effectiveDateTime', 'effectivePeriod', 'occurenceDateTime', 'occurencePeriod'],
    },
  ],
  [
    'MedicationStatement',
    {
      label: ['medication'],
      text: ['dosage', 'status'],
      at: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'],
    },
  ],
  [
    'MedicationDispense',
    {
      label: ['medication'],
      text: ['dosageInstruction', 'status'],
      at: ['whenHandedOver', 'whenPrepared'],
    },
  ],
  ['Immunization', { label: ['vaccineCode'], text: ['status'], at: ['occurrenceDateTime'] }],
  [
    'DiagnosticReport',
    {
      label: ['code'],
      text: ['conclusion', 'conclusionCode', 'status'],
      at: ['effectiveDateTime', 'effectivePeriod', 'issued'],
    },
  ],
  ['DocumentReference', { label: ['type', 'description'], text: ['description'], at: ['date'] }],
  [
    'ImagingStudy',
    { label: ['description', 'procedureCode'], text: ['modality', 'status'], at: ['started'] },
  ],
  [
    'Media',
    {
      label: ['type', 'modality'],
      text: ['bodySite', 'status'],
      at: ['createdDateTime', 'issued'],
    },
  ],
  ['Encounter', { label: ['type', 'class'], text: ['status'], at: ['period'] }],
  ['ServiceRequest', { label: ['code'], text: ['status'], at: ['authoredOn'] }],
  ['FamilyMemberHistory', { label: ['relationship'], text: ['condition', 'status'], at: ['date'] }],
  ['QuestionnaireResponse', { label: ['questionnaire'], text: ['status'], at: ['authored'] }],
  [
    'RiskAssessment',
    { label: ['code', 'method'], text: ['status'], at: ['occurrenceDateTime', 'occurrencePeriod'] },
  ],
  ['Patient', { label: [], text: ['gender'], at: [] }],
]);

const ANY: Row = {
  label: ['code', 'type', 'category', 'title', 'name', 'description'],
  text: ['status'],
  at: ['effectiveDateTime', 'occurrenceDateTime', 'authoredOn', 'date', 'period'],
};

/** Reads label, one line of text and time of a chart resource, whatever its type. */
export function describeResource(resource: Json, pool: ResourcePool, server: string): Described {
  const type = resourceType(resource);
  const row = ROWS.get(type ?? '') ?? ANY;
  const concepts = row.label.map((key) =>
    key === 'medication' ? medication(resource, pool, server) : get(resource, key),
  );
  const label = firstOf(
    concepts,
    (one) => conceptText(unwrapConcept(one)) ?? line(get(one, 'display')),
  );
  return defined<Described>({
    label: label ?? spaced(type),
    coding: firstOf(concepts, (one) => codings(unwrapConcept(one))[0]),
    text: firstOf(row.text, (key) => words(get(resource, key))),
    at: whenOf(resource, row.at),
  });
}

const whenOf = (resource: Json, keys: readonly string[]): string | undefined =>
  firstOf(
    keys,
    (key) =>
      dateTime(get(resource, key)) ??
      period(get(resource, key)).end ??
      period(get(resource, key)).start,
  );

/** When a chart resource happened, by its type's own elements; undefined when it does not say. */
export const happenedAt = (resource: Json): string | undefined =>
  whenOf(resource, (ROWS.get(resourceType(resource) ?? '') ?? ANY).at);

function words(value: unknown): string | undefined {
  const [one] = objects(value);
  return line(text(get(one, 'text'))) ?? conceptText(value) ?? conceptText(get(one, 'code'));
}

const spaced = (type: string | undefined): string | undefined =>
  type?.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

/** The medication as a concept: coded in place, by reference (also contained), or R5's wrapper. */
export function medication(resource: Json, pool: ResourcePool, server: string): unknown {
  const coded =
    get(resource, 'medicationCodeableConcept') ?? get(get(resource, 'medication'), 'concept');
  if (coded !== undefined) return coded;
  const element =
    get(resource, 'medicationReference') ?? unwrapReference(get(resource, 'medication'));
  const parent = refOf(resource, server);
  if (element === undefined || parent === undefined) return undefined;
  const found = resolve(literal(element, parent), server, pool);
  if (found !== undefined) return get(found, 'code');
  const display = line(get(element, 'display'));
  return display === undefined ? undefined : { text: display };
}
