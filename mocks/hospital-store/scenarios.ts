import type { FhirResource } from 'fhir/r4';
import type { Scenario } from '../scenarios/scenario.ts';
import { comesWithAi, isRegistry } from './belongs.ts';
import { repointed } from './repointed.ts';

export interface StoreScenarioOptions {
  /** FHIR base of the EHR: what stays there is named by absolute URL. */
  readonly ehrBase: string;
  /** True: recommendations, models and answers are here and not in the EHR. */
  readonly recommendations: boolean;
  /** Patients (EHR ids) that have no record here. */
  readonly missing?: readonly string[];
  /** Patients (EHR ids) that have two records here, both with their MRN. */
  readonly twice?: readonly string[];
}

/** What is left in the EHR when the store has the recommendations: the chart. */
export const chartOnly = (scenario: Scenario): Scenario => ({
  ...scenario,
  resources: scenario.resources.filter((resource) => !comesWithAi(resource)),
});

/**
 * The same hospital as its own store knows it: other ids, the same MRNs. Practitioners are here for a
 * sign-in of the store's own; nothing points to them.
 */
export function storeScenario(scenario: Scenario, options: StoreScenarioOptions): Scenario {
  const { ehrBase, missing = [], recommendations, twice = [] } = options;
  const known = scenario.resources.filter(
    ({ resourceType, id = '' }) => !(resourceType === 'Patient' && missing.includes(id)),
  );
  const ids = new Map([...renumbered(known, 'Patient', 'person')]);
  const staff = new Map([...renumbered(known, 'Practitioner', 'staff')]);
  const moves = recommendations ? comesWithAi : isRegistry;
  const moved = known.filter(moves).filter(isAboutKnown(ids));
  const here = new Set(moved.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const where = (reference: string) =>
    ids.get(reference) ?? (here.has(reference) ? reference : `${ehrBase}/${reference}`);
  const people = known.flatMap((resource) => {
    const key = `${resource.resourceType}/${resource.id}`;
    const reference = ids.get(key) ?? staff.get(key);
    if (reference === undefined) return [];
    const id = reference.split('/')[1] ?? '';
    const own = { ...repointed(resource, where), id };
    return twice.includes(resource.id ?? '') ? [own, { ...own, id: `${id}-again` }] : [own];
  });
  return {
    ...scenario,
    name: `${scenario.name}, hospital store`,
    description: 'What the hospital keeps in a FHIR store of its own',
    resources: [...people, ...moved.map((resource) => repointed(resource, where))],
    clinicians: scenario.clinicians.map((one) => ({
      ...one,
      practitionerId:
        staff.get(`Practitioner/${one.practitionerId}`)?.split('/')[1] ?? one.practitionerId,
    })),
    units: [],
  };
}

/** "Patient/sepsis" → "Patient/person-01", in the order of the scenario. */
function renumbered(
  resources: readonly FhirResource[],
  type: 'Patient' | 'Practitioner',
  prefix: string,
): readonly (readonly [string, string])[] {
  return resources
    .filter(({ resourceType }) => resourceType === type)
    .map(({ id }, n) => [`${type}/${id}`, `${type}/${prefix}-${String(n + 1).padStart(2, '0')}`]);
}

/** Whoever has no record here has nothing here. */
const isAboutKnown = (ids: ReadonlyMap<string, string>) => (resource: FhirResource) => {
  const { patient, subject } = resource as {
    patient?: { reference?: string };
    subject?: { reference?: string };
  };
  const about = (subject ?? patient)?.reference;
  return !about?.startsWith('Patient/') || ids.has(about);
};
