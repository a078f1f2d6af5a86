import type { CapabilityStatement, CapabilityStatementRestResource, Extension } from 'fhir/r4';
import { CANONICAL_BASE } from '../codes.ts';
import { published } from './published.ts';
import { type Need, type Param, WANTED, type Wanted } from './wanted.ts';

const expect = (need: Need): { extension: Extension[] } => ({
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation',
      valueCode: need,
    },
  ],
});

const SEARCH = 'http://hl7.org/fhir/SearchParameter';
/** Parameters that point to resources; the others that we use are tokens, or dates. */
const REFERENCES: ReadonlySet<string> = new Set([
  'patient',
  'recipient',
  'subject',
  'target',
  'measure',
]);

const definitionOf = (type: string, name: string): string =>
  name.startsWith('_')
    ? `${SEARCH}/Resource-${name.slice(1)}`
    : `${SEARCH}/${COMMON[`${type}.${name}`] ?? `${type}-${name}`}`;

/** R4 defines these parameters once for many types, under these ids. */
const COMMON: Readonly<Record<string, string>> = Object.fromEntries([
  ...[
    'RiskAssessment',
    'DetectedIssue',
    'ServiceRequest',
    'MedicationRequest',
    'MedicationAdministration',
    'Observation',
    'Procedure',
  ].map((type) => [`${type}.patient`, 'clinical-patient']),
  ...['Observation', 'MedicationRequest'].map((type) => [`${type}.code`, 'clinical-code']),
  ...['Observation', 'Procedure', 'RiskAssessment'].map((type) => [
    `${type}.date`,
    'clinical-date',
  ]),
  ...[
    'DetectedIssue',
    'Observation',
    'RiskAssessment',
    'ServiceRequest',
    'MedicationRequest',
    'DocumentReference',
  ].map((type) => [`${type}.identifier`, 'clinical-identifier']),
  ['MedicationRequest.authoredon', 'MedicationRequest-authoredon'],
  ['DocumentReference.type', 'clinical-type'],
]);

type SearchType = 'reference' | 'token' | 'date';

function toParam(type: string, [name, need]: Param, searchType: SearchType) {
  return { name, definition: definitionOf(type, name), type: searchType, ...expect(need) };
}

function toResource(wanted: Wanted): CapabilityStatementRestResource {
  const { type } = wanted;
  const params = [
    ...(wanted.params ?? []).map((param) =>
      toParam(type, param, REFERENCES.has(param[0]) ? 'reference' : 'token'),
    ),
    ...(wanted.dates ?? []).map((param) => toParam(type, param, 'date')),
  ];
  return {
    type,
    documentation: wanted.why,
    interaction: wanted.interactions.map(([code, need]) => ({ code, ...expect(need) })),
    ...wanted.more,
    ...(wanted.includes && { searchInclude: [...wanted.includes] }),
    ...(params.length > 0 && { searchParam: params }),
  };
}

const SECURITY =
  'SMART App Launch 2: EHR launch and standalone launch, authorization code with PKCE (S256), context patient, encounter and fhirUser (a Practitioner or PractitionerRole), CORS for the app’s origin.';

/** What a server must support for us, from what the app does. */
export function capabilityStatement(): CapabilityStatement {
  const url = `${CANONICAL_BASE}/CapabilityStatement/clinician-feedback-server`;
  return {
    resourceType: 'CapabilityStatement',
    ...published(
      'ClinicianFeedbackServer',
      'What the clinician feedback app needs from a server',
      url,
      'Without the SHALLs the app does not work; without a SHOULD it loses what the documentation of the resource names, and says so.',
    ),
    kind: 'requirements',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Searches are followed by their next links on the same origin. An error comes with an OperationOutcome. ETag and If-Match guard updates.',
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
          description: SECURITY,
        },
        resource: WANTED.map(toResource),
      },
    ],
  };
}
