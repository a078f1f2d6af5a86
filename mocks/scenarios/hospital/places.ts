import type { Location, Organization, Practitioner } from 'fhir/r4';
import { HOSPITAL, hl7, named, plainMeta } from '../ward/build.ts';
import { UNIT_IDS } from '../ward/hospital.ts';
import { idOf } from './fields.ts';
import type { Past } from './past.ts';

const NAMES: Readonly<Record<string, string>> = {
  '4a': '4A Surgery',
  '4b': '4B Orthopaedics',
  '6a': '6A Cardiology',
  '6b': '6B Oncology',
  'ashcombe-ed': 'Ashcombe Emergency',
  'ashcombe-1': 'Ashcombe Medicine 1',
  'ashcombe-2': 'Ashcombe Medicine 2',
  'ashcombe-3': 'Ashcombe Surgery',
  'ashcombe-4': 'Ashcombe Rehabilitation',
};

const house = (site: string): Organization => ({
  resourceType: 'Organization',
  id: site.toLowerCase().replaceAll(' ', '-'),
  meta: plainMeta(),
  identifier: [{ system: `${HOSPITAL}/organizations`, value: site.slice(0, 3).toUpperCase() }],
  active: true,
  type: [hl7('organization-type', 'prov', 'Healthcare Provider')],
  name: `${site} Hospital (synthetic)`,
});

/** The second hospital, and the units that the ward does not have. */
export function otherPlaces({ settings }: Past): (Organization | Location)[] {
  const [, ...others] = settings.sites;
  const units = settings.sites.flatMap(({ site, units: all = [] }) =>
    all
      .map(idOf)
      .filter((id) => !UNIT_IDS.some((one) => one === id))
      .map(
        (id): Location => ({
          resourceType: 'Location',
          id,
          meta: plainMeta(),
          status: 'active',
          name: NAMES[id] ?? id,
          mode: 'instance',
          type: [hl7('v3-RoleCode', 'HU')],
          physicalType: hl7('location-physical-type', 'wa', 'Ward'),
          managingOrganization: named(`Organization/${house(site).id}`, `${site} (synthetic)`),
        }),
      ),
  );
  return [...others.map(({ site }) => house(site)), ...units];
}

/** Everybody who has ever seen or answered a recommendation; a number for a name. */
export function otherClinicians({ exposures }: Past): Practitioner[] {
  const ids = new Set(exposures.map(({ clinician_id }) => idOf(clinician_id)));
  return [...ids].toSorted().map((id) => ({
    resourceType: 'Practitioner',
    id,
    meta: plainMeta(),
    identifier: [{ system: `${HOSPITAL}/staff`, value: id }],
    active: true,
    name: [{ text: `Synthetic ${id.slice('sim-'.length)}`, family: id }],
  }));
}
