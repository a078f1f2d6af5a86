import type { Location, Organization } from 'fhir/r4';
import { HOSPITAL, hl7, named, plainMeta } from './build.ts';

/** By this number alone do the EHR and the hospital's own store know that a patient is the same. */
export const MRN_SYSTEM = `${HOSPITAL}/mrn`;

export type UnitId = '5b' | 'icu' | 'ed';

export const UNITS: Readonly<Record<UnitId, { name: string; beds: string; role: string }>> = {
  '5b': { name: '5B Medicine', beds: '5B', role: 'HU' },
  icu: { name: 'Intensive Care', beds: 'ICU', role: 'ICU' },
  ed: { name: 'Emergency Department', beds: 'ED', role: 'ER' },
};

export const UNIT_IDS: readonly UnitId[] = ['5b', 'icu', 'ed'];

export const HOSPITAL_REFERENCE = named(
  'Organization/st-brannoc',
  'St Brannoc Hospital (synthetic)',
);

export const unitReference = (unit: UnitId) => named(`Location/${unit}`, UNITS[unit].name);

const bedName = (unit: UnitId, bed: number) =>
  `${UNITS[unit].beds}-${String(bed).padStart(2, '0')}`;

export const bedReference = (unit: UnitId, bed: number) =>
  named(`Location/bed-${bedName(unit, bed).toLowerCase()}`, bedName(unit, bed));

const physicalType = (code: string, display: string) =>
  hl7('location-physical-type', code, display);

export const hospital = (): Organization => ({
  resourceType: 'Organization',
  id: 'st-brannoc',
  meta: plainMeta(),
  identifier: [{ system: `${HOSPITAL}/organizations`, value: 'STB' }],
  active: true,
  type: [hl7('organization-type', 'prov', 'Healthcare Provider')],
  name: 'St Brannoc Hospital (synthetic)',
});

export const units = (): Location[] =>
  UNIT_IDS.map((id) => ({
    resourceType: 'Location',
    id,
    meta: plainMeta(),
    status: 'active',
    name: UNITS[id].name,
    mode: 'instance',
    type: [hl7('v3-RoleCode', UNITS[id].role)],
    physicalType: physicalType('wa', 'Ward'),
    managingOrganization: HOSPITAL_REFERENCE,
  }));

export const bed = (unit: UnitId, number: number): Location => ({
  resourceType: 'Location',
  id: `bed-${bedName(unit, number).toLowerCase()}`,
  meta: plainMeta(),
  status: 'active',
  operationalStatus: {
    system: 'http://terminology.hl7.org/CodeSystem/v2-0116',
    code: 'O',
    display: 'Occupied',
  },
  name: bedName(unit, number),
  mode: 'instance',
  physicalType: physicalType('bd', 'Bed'),
  partOf: unitReference(unit),
});
