import {
  asList,
  asNumber,
  asRecord,
  asText,
  conceptText,
  hasCode,
  hasSecurityLabel,
  type Json,
} from './json.ts';

/** `HH`, `H`, `N`, `L`, `LL` or `A`; `''` where nothing is known. */
export type Flag = 'HH' | 'H' | 'N' | 'L' | 'LL' | 'A' | '';

export interface Result {
  readonly id: string;
  /** Same row of the flowsheet: a code, preferably LOINC. */
  readonly key: string;
  readonly label: string;
  readonly category: 'vital-signs' | 'laboratory' | 'other';
  readonly at: string | undefined;
  readonly value: number | undefined;
  readonly text: string;
  readonly unit: string | undefined;
  readonly range: string | undefined;
  readonly flag: Flag;
  readonly ai: boolean;
}

const FLAGS: Readonly<Record<string, Flag>> = {
  HH: 'HH',
  HU: 'H',
  H: 'H',
  N: 'N',
  L: 'L',
  LU: 'L',
  LL: 'LL',
  A: 'A',
  AA: 'A',
  POS: 'A',
  NEG: 'N',
};

/** One Observation gives one result, or one for each component (a blood pressure). */
export function readResults(resource: Json): readonly Result[] {
  const status = asText(resource.status);
  if (status === 'entered-in-error' || status === 'cancelled') return [];
  const components = asList(resource.component).filter((part) => hasValue(part));
  const own = hasValue(resource) ? [readOne(resource, resource)] : [];
  if (own.length > 0 || components.length === 0) return own;
  return components.map((part) => readOne(resource, part));
}

function readOne(resource: Json, part: Json): Result {
  const quantity = asRecord(part.valueQuantity);
  const value = asNumber(quantity.value) ?? asNumber(part.valueInteger);
  const comparator = asText(quantity.comparator) ?? '';
  const range = asRecord(asList(part.referenceRange)[0]);
  const text = value === undefined ? wordsOf(part) : `${comparator}${value}`;
  return {
    id: asText(resource.id) ?? '',
    key: keyOf(part.code),
    label: wardName(part.code) ?? conceptText(part.code) ?? 'Unnamed observation',
    category: categoryOf(resource),
    at:
      asText(resource.effectiveDateTime) ??
      asText(asRecord(resource.effectivePeriod).start) ??
      asText(resource.effectiveInstant) ??
      asText(resource.issued),
    value,
    text,
    unit: unitText(asText(quantity.unit) ?? asText(quantity.code)),
    range: rangeText(range),
    flag: flagOf(part, value, range),
    ai: hasSecurityLabel(resource, 'AIAST'),
  };
}

const hasValue = (part: Json): boolean =>
  Object.keys(part).some((key) => key.startsWith('value')) && wordsOf(part) !== '';

function wordsOf(part: Json): string {
  const quantity = asRecord(part.valueQuantity);
  const number = asNumber(quantity.value) ?? asNumber(part.valueInteger);
  if (number !== undefined) return String(number);
  if (typeof part.valueBoolean === 'boolean') return part.valueBoolean ? 'Yes' : 'No';
  return conceptText(part.valueCodeableConcept) ?? asText(part.valueString) ?? '';
}

/** What wards call the things that every patient has. */
const WARD_NAMES: Readonly<Record<string, string>> = {
  '8310-5': 'Temperature',
  '8867-4': 'Pulse',
  '9279-1': 'Respiratory rate',
  '59408-5': 'SpO₂',
  '2708-6': 'SpO₂',
  '8480-6': 'BP systolic',
  '8462-4': 'BP diastolic',
  '8478-0': 'BP mean',
  '9269-2': 'GCS total',
  '29463-7': 'Weight',
  '3151-8': 'O₂ flow',
};

const wardName = (concept: unknown): string | undefined => WARD_NAMES[keyOf(concept)];

function keyOf(concept: unknown): string {
  const codings = asList(asRecord(concept).coding);
  const coding = codings.find((one) => one.system === 'http://loinc.org') ?? codings[0];
  return asText(coding?.code) ?? conceptText(concept) ?? '?';
}

function categoryOf(resource: Json): Result['category'] {
  const categories = asList(resource.category);
  if (categories.some((category) => hasCode(category, 'vital-signs'))) return 'vital-signs';
  return categories.some((category) => hasCode(category, 'laboratory')) ? 'laboratory' : 'other';
}

/** UCUM writes a mere annotation in braces and `[pH]` in brackets: nothing that a ward writes. */
const unitText = (unit: string | undefined): string | undefined =>
  unit === undefined || /^[{[].*[}\]]$/.test(unit) ? undefined : unit;

function rangeText(range: Json): string | undefined {
  const low = asNumber(asRecord(range.low).value);
  const high = asNumber(asRecord(range.high).value);
  if (low !== undefined && high !== undefined) return `${low}–${high}`;
  if (low !== undefined) return `≥ ${low}`;
  return high !== undefined ? `≤ ${high}` : asText(range.text);
}

function flagOf(part: Json, value: number | undefined, range: Json): Flag {
  for (const interpretation of asList(part.interpretation)) {
    for (const coding of asList(interpretation.coding)) {
      const flag = FLAGS[asText(coding.code) ?? ''];
      if (flag !== undefined) return flag;
    }
  }
  const low = asNumber(asRecord(range.low).value);
  const high = asNumber(asRecord(range.high).value);
  if (value === undefined || (low === undefined && high === undefined)) return '';
  if (high !== undefined && value > high) return 'H';
  return low !== undefined && value < low ? 'L' : 'N';
}

export const isAbnormal = (flag: Flag): boolean => flag !== '' && flag !== 'N';
