/** One element: what stands in it, and whether it repeats. A leaf is a JSON value of that SQL type. */
export interface Element {
  readonly type: TypeName | Leaf;
  readonly many: boolean;
}

export type Leaf = 'VARCHAR' | 'DOUBLE' | 'BOOLEAN' | 'JSON';
type Members = Readonly<Record<string, string>>;

/**
 * As much of R4 as the views and their readers look at. `*` marks what repeats. Cardinality cannot be
 * guessed from a name: `identifier` repeats in an Observation and not in an AdverseEvent.
 */
const TYPES = {
  Coding: { system: 'VARCHAR', code: 'VARCHAR', display: 'VARCHAR' },
  CodeableConcept: { coding: 'Coding*', text: 'VARCHAR' },
  Identifier: { system: 'VARCHAR', value: 'VARCHAR' },
  Reference: {
    reference: 'VARCHAR',
    type: 'VARCHAR',
    display: 'VARCHAR',
    identifier: 'Identifier',
  },
  Performer: { reference: 'VARCHAR', display: 'VARCHAR', extension: 'Extension*' },
  Quantity: { value: 'DOUBLE', code: 'VARCHAR', unit: 'VARCHAR', comparator: 'VARCHAR' },
  Range: { low: 'Quantity', high: 'Quantity', extension: 'JSON' },
  Period: { start: 'VARCHAR', end: 'VARCHAR' },
  Note: { text: 'VARCHAR' },
  Meta: { versionId: 'VARCHAR', lastUpdated: 'VARCHAR', security: 'Coding*', tag: 'Coding*' },
  InnerExtension: { url: 'VARCHAR', valueCoding: 'Coding' },
  Extension: {
    url: 'VARCHAR',
    valueReference: 'Reference',
    valueCodeableConcept: 'CodeableConcept',
    valueCoding: 'Coding',
    extension: 'InnerExtension*',
  },
  Component: {
    code: 'CodeableConcept',
    valueString: 'VARCHAR',
    valueQuantity: 'Quantity',
    valueDateTime: 'VARCHAR',
    valueBoolean: 'BOOLEAN',
    valueInteger: 'DOUBLE',
    valueCodeableConcept: 'CodeableConcept',
  },
  Prediction: {
    outcome: 'CodeableConcept',
    probabilityDecimal: 'DOUBLE',
    probabilityRange: 'Range',
    qualitativeRisk: 'CodeableConcept',
    relativeRisk: 'JSON',
    whenRange: 'Range',
    whenPeriod: 'JSON',
    extension: 'JSON',
    _probabilityDecimal: 'JSON',
  },
  Stay: { location: 'Reference', status: 'VARCHAR', period: 'Period' },
  Communication: { language: 'CodeableConcept', preferred: 'BOOLEAN' },
  DeviceName: { name: 'VARCHAR', type: 'VARCHAR' },
  DeviceVersion: { value: 'VARCHAR' },
  Suspect: { instance: 'Reference' },
} as const satisfies Readonly<Record<string, Members>>;

const RESOURCE = { resourceType: 'VARCHAR', id: 'VARCHAR', meta: 'Meta' } as const;
const ABOUT = { ...RESOURCE, subject: 'Reference', encounter: 'Reference' } as const;

const RESOURCES = {
  Observation: {
    ...ABOUT,
    identifier: 'Identifier*',
    extension: 'Extension*',
    status: 'VARCHAR',
    code: 'CodeableConcept',
    focus: 'Reference*',
    effectiveDateTime: 'VARCHAR',
    effectiveInstant: 'VARCHAR',
    effectivePeriod: 'Period',
    issued: 'VARCHAR',
    performer: 'Performer*',
    valueCodeableConcept: 'CodeableConcept',
    valueQuantity: 'Quantity',
    note: 'Note*',
    component: 'Component*',
  },
  RiskAssessment: {
    ...ABOUT,
    identifier: 'Identifier*',
    status: 'VARCHAR',
    code: 'CodeableConcept',
    method: 'CodeableConcept',
    occurrenceDateTime: 'VARCHAR',
    performer: 'Reference',
    parent: 'Reference',
    basedOn: 'JSON',
    contained: 'JSON',
    extension: 'JSON',
    modifierExtension: 'JSON',
    prediction: 'Prediction*',
  },
  Condition: {
    ...ABOUT,
    code: 'CodeableConcept',
    verificationStatus: 'CodeableConcept',
    onsetDateTime: 'VARCHAR',
    onsetPeriod: 'Period',
    recordedDate: 'VARCHAR',
  },
  Procedure: {
    ...ABOUT,
    code: 'CodeableConcept',
    status: 'VARCHAR',
    performedDateTime: 'VARCHAR',
    performedPeriod: 'Period',
  },
  MedicationAdministration: {
    ...ABOUT,
    context: 'Reference',
    medicationCodeableConcept: 'CodeableConcept',
    status: 'VARCHAR',
    effectiveDateTime: 'VARCHAR',
    effectivePeriod: 'Period',
  },
  MedicationRequest: {
    ...ABOUT,
    medicationCodeableConcept: 'CodeableConcept',
    status: 'VARCHAR',
    intent: 'VARCHAR',
    authoredOn: 'VARCHAR',
  },
  ServiceRequest: {
    ...ABOUT,
    code: 'CodeableConcept',
    status: 'VARCHAR',
    intent: 'VARCHAR',
    authoredOn: 'VARCHAR',
  },
  Encounter: {
    ...RESOURCE,
    subject: 'Reference',
    class: 'Coding',
    serviceType: 'CodeableConcept',
    status: 'VARCHAR',
    period: 'Period',
    location: 'Stay*',
  },
  Patient: {
    ...RESOURCE,
    birthDate: 'VARCHAR',
    gender: 'VARCHAR',
    extension: 'Extension*',
    communication: 'Communication*',
  },
  Device: {
    ...RESOURCE,
    identifier: 'Identifier*',
    type: 'CodeableConcept',
    deviceName: 'DeviceName*',
    version: 'DeviceVersion*',
    manufacturer: 'VARCHAR',
    owner: 'Reference',
  },
  AdverseEvent: {
    ...RESOURCE,
    identifier: 'Identifier',
    actuality: 'VARCHAR',
    category: 'CodeableConcept*',
    subject: 'Reference',
    location: 'Reference',
    severity: 'CodeableConcept',
    seriousness: 'CodeableConcept',
    date: 'VARCHAR',
    detected: 'VARCHAR',
    recorder: 'Reference',
    suspectEntity: 'Suspect*',
  },
} as const satisfies Readonly<Record<string, Members>>;

export type ResourceName = keyof typeof RESOURCES;
export type TypeName = keyof typeof TYPES | ResourceName;

const ALL: Readonly<Record<string, Members>> = { ...TYPES, ...RESOURCES };

export const isType = (name: string): name is TypeName => Object.hasOwn(ALL, name);

export const isResource = (name: string): name is ResourceName => Object.hasOwn(RESOURCES, name);

const isLeaf = (name: string): name is Leaf =>
  name === 'VARCHAR' || name === 'DOUBLE' || name === 'BOOLEAN' || name === 'JSON';

/** The element of that name in a type; undefined where these types have none. */
export function elementOf(type: TypeName | Leaf, name: string): Element | undefined {
  const members = ALL[type];
  const said = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
  if (said === undefined) return undefined;
  const many = said.endsWith('*');
  const one = many ? said.slice(0, -1) : said;
  return isLeaf(one) || isType(one) ? { type: one, many } : undefined;
}
