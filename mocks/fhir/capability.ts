import { getResourceTypes, getSearchParameters } from '@medplum/core';
import type { CapabilityStatement, CapabilityStatementRestResource } from '@medplum/fhirtypes';
import type { VendorProfile, WriteInteraction } from '../vendors/profile.ts';

export interface CapabilityInput {
  readonly fhirBase: string;
  readonly smartBase: string;
  readonly vendor: VendorProfile;
  readonly date: string;
}

/** `GET metadata`: what this server does, no more (http.html §3.1.0.14). */
export function capabilityStatement(input: CapabilityInput): CapabilityStatement {
  const { fhirBase, smartBase, vendor } = input;
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: input.date,
    kind: 'instance',
    software: { name: 'Sandbox EHR', version: vendor.name },
    implementation: { description: `Sandbox (${vendor.name}): synthetic data only`, url: fhirBase },
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: true,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [
                { url: 'authorize', valueUri: `${smartBase}/authorize` },
                { url: 'token', valueUri: `${smartBase}/token` },
              ],
            },
          ],
        },
        resource: getResourceTypes()
          .filter((type) => type !== 'Bundle' && type !== 'Parameters')
          .map((type) => restResource(type, vendor)),
        interaction: vendor.offers('batch', '') ? [{ code: 'batch' }, { code: 'transaction' }] : [],
      },
    ],
  };
}

function restResource(type: string, vendor: VendorProfile): CapabilityStatementRestResource {
  const writes = (['create', 'update', 'delete'] satisfies WriteInteraction[]).filter((code) =>
    vendor.offers(code, type),
  );
  const codes = ['read', 'vread', 'search-type', 'history-instance', ...writes];
  return {
    type,
    interaction: codes.map((code) => ({
      code,
    })) as CapabilityStatementRestResource['interaction'] & {},
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: vendor.offers('update', type),
    conditionalCreate: vendor.conditionalCreate,
    searchInclude: [],
    searchParam: Object.values(getSearchParameters(type) ?? {})
      .filter(({ code }) => code !== '_compartment' && !code.includes(':'))
      .map((parameter) => ({ name: parameter.code, type: parameter.type ?? 'string' })),
  } as CapabilityStatementRestResource;
}
