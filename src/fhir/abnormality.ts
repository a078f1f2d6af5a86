import type { Abnormality, ReferenceRange } from '#src/domain/recommendation.ts';
import { SYSTEM } from './codes.ts';
import { quantity, type ReadQuantity, sameUnit } from './datatypes.ts';
import { defined, get, line, objects, token } from './read.ts';

const SYSTEMS: readonly unknown[] = [
  SYSTEM.observationInterpretation,
  'http://terminology.hl7.org/CodeSystem/v2-0078',
  'http://hl7.org/fhir/v2/0078',
  undefined,
];

const BY_CODE: ReadonlyMap<string, Abnormality> = new Map<string, Abnormality>([
  ['HH', 'critical-high'],
  ['HU', 'high'],
  ['H', 'high'],
  ['>', 'high'],
  ['LL', 'critical-low'],
  ['LU', 'low'],
  ['L', 'low'],
  ['<', 'low'],
  ['N', 'normal'],
  ['A', 'abnormal'],
  ['AA', 'abnormal'],
]);

/** From most to least alarming: a panel is as abnormal as its worst part. */
const ALARM: readonly Abnormality[] = [
  'critical-high',
  'critical-low',
  'high',
  'low',
  'abnormal',
  'normal',
  'unknown',
];

export const worst = (all: readonly Abnormality[]): Abnormality =>
  ALARM.find((one) => all.includes(one)) ?? 'unknown';

/** The laboratory's own word (v3-ObservationInterpretation or v2 table 0078). */
export function byInterpretation(interpretation: unknown): Abnormality | undefined {
  const read = objects(interpretation)
    .flatMap((concept) => objects(get(concept, 'coding')))
    .filter((one) => SYSTEMS.includes(get(one, 'system')))
    .map((one) => BY_CODE.get(token(get(one, 'code'), 20) ?? ''))
    .filter((one) => one !== undefined);
  return read.length === 0 ? undefined : worst(read);
}

interface Range extends ReferenceRange {
  readonly lowQuantity?: ReadQuantity;
  readonly highQuantity?: ReadQuantity;
}

/**
 * The one reference range that a value may be compared with: of type `normal` or without a type. More
 * than one left (by age, by sex) means that the app cannot tell which applies.
 */
export function referenceRange(element: unknown): Range | undefined {
  const usable = objects(element).filter((one) => {
    const types = objects(get(get(one, 'type'), 'coding')).map((type) => get(type, 'code'));
    return types.length === 0 || types.includes('normal');
  });
  const [one] = usable;
  if (one === undefined || usable.length > 1) return undefined;
  const [low, high] = [quantity(get(one, 'low')), quantity(get(one, 'high'))];
  const said = line(get(one, 'text'), 120);
  if (low === undefined && high === undefined && said === undefined) return undefined;
  return defined<Range>({
    low: low?.value,
    high: high?.value,
    text: said,
    lowQuantity: low,
    highQuantity: high,
  });
}

/** Compares a value with its range; a differing unit or a comparator that leaves doubt: unknown. */
export function byRange(value: ReadQuantity | undefined, range: Range | undefined): Abnormality {
  if (value === undefined || range === undefined) return 'unknown';
  const { lowQuantity: low, highQuantity: high } = range;
  if (low === undefined && high === undefined) return 'unknown';
  const limits = [low, high].filter((one) => one !== undefined);
  if (limits.some((one) => one.unit !== undefined && !sameUnit(one, value))) return 'unknown';
  if (low !== undefined && high !== undefined && low.value > high.value) return 'unknown';
  if (value.comparator?.startsWith('<')) {
    return low !== undefined && value.value <= low.value ? 'low' : 'unknown';
  }
  if (value.comparator?.startsWith('>')) {
    return high !== undefined && value.value >= high.value ? 'high' : 'unknown';
  }
  if (low !== undefined && value.value < low.value) return 'low';
  return high !== undefined && value.value > high.value ? 'high' : 'normal';
}
