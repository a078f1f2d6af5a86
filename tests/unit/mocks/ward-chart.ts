import type { FhirResource, Observation, Reference } from 'fhir/r4';
import { ward } from '#mocks/scenarios/ward/index.ts';

export const NOW = Date.parse('2026-11-22T16:00:00Z');

export const scenario = ward({ seed: 1, now: NOW });

export type Of<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>;

export const all = <T extends FhirResource['resourceType']>(
  type: T,
  resources: readonly FhirResource[] = scenario.resources,
): Of<T>[] => resources.filter((resource): resource is Of<T> => resource.resourceType === type);

export const known = new Map(scenario.resources.map((r) => [`${r.resourceType}/${r.id}`, r]));

export const isAi = (resource: FhirResource) =>
  resource.meta?.security?.some((label) => label.code === 'AIAST') ?? false;

const subjectOf = (resource: FhirResource): string | undefined => {
  if ('subject' in resource && resource.subject && 'reference' in resource.subject)
    return resource.subject.reference;
  return 'patient' in resource ? (resource.patient as Reference | undefined)?.reference : undefined;
};

export const chartOf = (patient: string) =>
  scenario.resources.filter((resource) => subjectOf(resource) === `Patient/${patient}`);

/** What a clinician would see as a card: no group, and no proposal that carries out a risk. */
export const cardsOf = (patient: string) =>
  chartOf(patient)
    .filter(isAi)
    .filter((resource) => resource.resourceType !== 'RequestGroup')
    .filter((resource) => {
      if (
        resource.resourceType !== 'ServiceRequest' &&
        resource.resourceType !== 'MedicationRequest'
      )
        return true;
      const supporting =
        resource.resourceType === 'ServiceRequest'
          ? resource.supportingInfo
          : resource.supportingInformation;
      return !supporting?.some((one) => one.reference?.startsWith('RiskAssessment/'));
    });

export const measured = (observation: Observation) =>
  observation.code.coding?.[0]?.system === 'http://loinc.org'
    ? (observation.component ?? [observation])
    : [];
