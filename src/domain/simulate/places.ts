import type { Range } from './random/draws.ts';
import { within } from './random/draws.ts';
import type { Stream } from './random/stream.ts';

export interface Unit {
  readonly index: number;
  /** Reference of the Location. */
  readonly id: string;
  readonly name: string;
  readonly site: string;
  /** Share of all admissions. */
  readonly share: number;
}

export const SITES = ['St Brannoc', 'Ashcombe'] as const;
export type Site = (typeof SITES)[number];
/** Where a model that was trained at the first site is brought later. */
export const NEW_SITE: Site = 'Ashcombe';

/** Twelve units on two sites; the first three are those of the sandbox's ward. */
const UNITS: readonly (readonly [id: string, name: string, site: Site])[] = [
  ['5b', '5B Medicine', 'St Brannoc'],
  ['icu', 'Intensive Care', 'St Brannoc'],
  ['ed', 'Emergency Department', 'St Brannoc'],
  ['4a', '4A Surgery', 'St Brannoc'],
  ['4b', '4B Orthopaedics', 'St Brannoc'],
  ['6a', '6A Cardiology', 'St Brannoc'],
  ['6b', '6B Oncology', 'St Brannoc'],
  ['ashcombe-ed', 'Ashcombe Emergency', 'Ashcombe'],
  ['ashcombe-1', 'Ashcombe Medicine 1', 'Ashcombe'],
  ['ashcombe-2', 'Ashcombe Medicine 2', 'Ashcombe'],
  ['ashcombe-3', 'Ashcombe Surgery', 'Ashcombe'],
  ['ashcombe-4', 'Ashcombe Rehabilitation', 'Ashcombe'],
];

/** What a Location is called, by its reference. */
export const UNIT_NAMES: ReadonlyMap<string, string> = new Map(
  UNITS.map(([id, name]) => [`Location/${id}`, name]),
);

/** How large a unit is beside the others. */
const UNIT_SIZE: Range = [0.7, 1.4];

export function drawUnits(stream: Stream): readonly Unit[] {
  const sizes = UNITS.map(() => within(stream, UNIT_SIZE));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return UNITS.map(([id, name, site], index) => ({
    index,
    id: `Location/${id}`,
    name,
    site,
    share: (sizes[index] ?? 0) / all,
  }));
}
