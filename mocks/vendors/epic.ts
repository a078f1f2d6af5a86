import type { Resource } from '@medplum/fhirtypes';
import { FLOWSHEET_FIELDS, refuseFlowsheetRow } from './epic-flowsheet.ts';
import { refuseNote } from './epic-note.ts';
import { keptFields } from './kept-fields.ts';
import type { Refusal, VendorProfile } from './profile.ts';
import { strict } from './strict.ts';

/**
 * A likeness of Epic, from public sources as of 2026 and never compared with an Epic server. [EPC] is a
 * copy of open.epic.com's catalogue of interfaces, [EPW] a third party's study of write-back (Epic's
 * specifications, its August 2026 CapabilityStatement, runs in its sandbox), [EPO] a copy of Epic's
 * OAuth guide.
 */
export const epic: VendorProfile = {
  ...strict,
  name: 'epic',
  // [EPO] expires_in of the example.
  accessTokenSeconds: 3240,
  // [EPO] "not typically needed for embedded launches", and tied to confidential or dynamic clients.
  refresh: 'none',
  // [EPO] `launch` works one time.
  oneTimeLaunch: true,
  // [EPW] No conditional create: the header has no effect.
  conditionalCreate: false,
  // [EPW] 201 has an empty body unless the client says `Prefer: return=representation`.
  defaultReturn: 'minimal',
  // Seen in token responses [EPW].
  patientBannerAsString: true,
  // [EPO] fhirUser is an absolute URL which is not under the FHIR base of the launch.
  fhirUser: (fhirBase, id) =>
    new URL(`/interconnect-fhir-oauth/api/FHIR/R4/Practitioner/${id}`, fhirBase).href,
  // [EPC] Create exists for Vitals (963) and Clinical Notes (1046); LDA (962) and DICOM image
  // characteristics (11224) are left out. No RiskAssessment, Provenance, AuditEvent or Task. [EPW] No
  // update of these, no delete, patch, batch or transaction.
  offers: (interaction, type) =>
    interaction === 'create' && (type === 'Observation' || type === 'DocumentReference'),
  notOffered: notOnTheApp,
  refuse(_interaction, resource, chart) {
    // [EPW] A modifier element with a value that is not accepted fails the request.
    if (hasModifier(resource)) return { status: 400, text: 'modifierExtension is not accepted' };
    if (resource.resourceType === 'DocumentReference') return refuseNote(resource);
    if (resource.resourceType !== 'Observation') return undefined;
    const vital = resource.category?.some(({ coding }) =>
      coding?.some(({ code }) => code === 'vital-signs'),
    );
    // [EPC] No other kind of Observation has a create API: a custom one is not on the app.
    return vital ? refuseFlowsheetRow(resource, chart) : notOnTheApp();
  },
  keep(resource) {
    if (resource.resourceType === 'Observation') return keptFields(resource, FLOWSHEET_FIELDS);
    if (resource.resourceType !== 'DocumentReference') return resource;
    // [EPW] Only the first attachment is filed.
    return { ...resource, content: resource.content.slice(0, 1) };
  },
};

/** [EPW] An API that is not on the app answers 403 with an empty body. */
function notOnTheApp(): Refusal {
  return { status: 403, text: 'This API is not on the app', silent: true };
}

const hasModifier = (resource: Resource): boolean =>
  'modifierExtension' in resource || resource.implicitRules !== undefined;
