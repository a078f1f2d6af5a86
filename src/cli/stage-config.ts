import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { DEVICE_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { checkConfig } from '#src/io/config/load.ts';

/** Who and where, and the patient's chart. */
const CHART = [
  'launch openid fhirUser online_access',
  'patient/Patient.r patient/ServiceRequest.rs patient/MedicationRequest.rs',
  'patient/MedicationAdministration.rs patient/Condition.rs patient/Procedure.rs',
  'patient/DocumentReference.rs patient/Encounter.rs patient/DiagnosticReport.rs',
  'patient/ImagingStudy.rs patient/AllergyIntolerance.rs',
  'user/Practitioner.rs user/PractitionerRole.rs user/Medication.rs',
];

/** What AI wrote, its models, and our answers. */
const RECOMMENDATIONS = [
  'patient/RiskAssessment.rs patient/DetectedIssue.rs patient/RequestGroup.rs',
  'patient/Observation.crus',
  // Not in the Patient compartment, or about a model rather than a patient.
  'user/GuidanceResponse.rs user/Device.rs user/Observation.rs user/DocumentReference.rs',
  'user/Provenance.crs',
  // The trail can be added to; reading it is for whoever checks it.
  'user/AuditEvent.c',
  // Safety reports and the answers to them; R4 puts no Task into a patient's compartment.
  'patient/AdverseEvent.crs patient/DocumentReference.crs user/Task.crs user/Communication.rs',
  // Trainings on models.
  'user/Library.rs',
  // What a device says about itself, which is about no patient; it lets nobody answer for another.
  `user/Observation.cru?category=${SYSTEM.feedbackCategory}|${DEVICE_CATEGORY}`,
];

/** Scopes for a clinician: the patient's chart, what AI wrote, our answers; nothing else. */
export const SANDBOX_SCOPES = [...CHART, ...RECOMMENDATIONS].join(' ');

/** The same where a store has what AI wrote: in the EHR the chart, and rows that are filed in it. */
export const CHART_SCOPES = [...CHART, 'patient/Observation.crs'].join(' ');

/** What the dashboard reads in a store, and the clinician's launch asks for nowhere: figures and names. */
export const FIGURE_SCOPES = 'user/MeasureReport.rs user/Location.rs';

/** What the app may do in a store: find the patient, read what AI wrote, file answers. */
export const STORE_SCOPES = [
  'patient/Patient.rs patient/ServiceRequest.rs patient/MedicationRequest.rs',
  ...RECOMMENDATIONS,
].join(' ');

const SHIPPED = fileURLToPath(new URL('../../public/config.json', import.meta.url));

/** What ships, plus the sandbox as its one issuer. */
export function sandboxConfig(
  baseUrl: string,
  issuer: Partial<IssuerConfig> = {},
  site: Partial<SiteConfig> = {},
): SiteConfig {
  const shipped = JSON.parse(readFileSync(SHIPPED, 'utf8')) as object;
  return checkConfig({
    ...shipped,
    siteName: 'Sandbox',
    synthetic: true,
    frameAncestors: [baseUrl, baseUrl.replace('localhost', '127.0.0.1')],
    issuers: [
      {
        iss: `${baseUrl}/fhir`,
        label: 'Sandbox EHR',
        vendor: 'other',
        clientId: 'clinician-feedback',
        scopes: SANDBOX_SCOPES,
        hospitalStore: true,
        conditionalCreate: true,
        ...issuer,
      },
    ],
    ...site,
  });
}
