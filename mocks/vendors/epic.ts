import type { Resource } from '@medplum/fhirtypes';
import type { Refusal, VendorProfile } from './profile.ts';
import { strict } from './strict.ts';

/**
 * A first likeness of Epic. Sources: Epic's public R4 API catalogue (Observation create exists for
 * Vitals 963, LDA 962 and DICOM image characteristics 11224 only; Clinical Notes create 1046) and its
 * August 2026 CapabilityStatement: no delete, patch, batch, transaction or conditional create; 201
 * with an empty body unless `Prefer: return=representation`; an API that the app is not registered
 * for answers 403 with an empty body (here: with an OperationOutcome, so that a test can say why).
 * No RiskAssessment, Provenance, AuditEvent or Task create.
 */
export const epic: VendorProfile = {
  ...strict,
  name: 'epic',
  accessTokenSeconds: 3240,
  refresh: 'none',
  batch: false,
  conditionalCreate: false,
  defaultReturn: 'minimal',
  patientBannerAsString: true,
  refuse(interaction, type, resource) {
    if (interaction !== 'create') return { status: 403, text: `${interaction} is not offered` };
    if (type === 'DocumentReference') return refuseNote(resource);
    if (type === 'Observation') return refuseObservation(resource);
    return { status: 403, text: `${type}.Create is not among the app's APIs` };
  },
  keep(resource) {
    if (resource.resourceType !== 'Observation') return resource;
    // A flowsheet row holds one value: everything that FHIR adds to it is lost.
    const { focus: _focus, component: _component, hasMember: _members, ...kept } = resource;
    return kept;
  },
};

/** Flowsheet notes hold 254 characters. */
const LONGEST_NOTE = 254;

function refuseObservation(resource: Resource | undefined): Refusal | undefined {
  if (resource?.resourceType !== 'Observation') return undefined;
  const vital = resource.category?.some(({ coding }) =>
    coding?.some(({ code }) => code === 'vital-signs'),
  );
  if (!vital) return { status: 403, text: 'Observation.Create is offered for vital signs only' };
  if (resource.encounter === undefined) return { status: 400, text: 'encounter is required' };
  if (resource.status !== 'final') return { status: 400, text: 'status must be final' };
  if (resource.code.coding?.length !== 1) return { status: 400, text: 'code takes one coding' };
  if (resource.valueQuantity === undefined && resource.valueString === undefined) {
    return { status: 400, text: 'valueQuantity or valueString is required' };
  }
  if (resource.note?.some(({ text }) => (text?.length ?? 0) > LONGEST_NOTE)) {
    return { status: 400, text: `note is limited to ${LONGEST_NOTE} characters` };
  }
  return undefined;
}

function refuseNote(resource: Resource | undefined): Refusal | undefined {
  if (resource?.resourceType !== 'DocumentReference') return undefined;
  const attachment = resource.content?.[0]?.attachment;
  if (resource.context?.encounter === undefined) {
    return { status: 400, text: 'context.encounter is required' };
  }
  if (!attachment?.contentType?.startsWith('text/plain')) {
    return { status: 400, text: 'the first attachment must be text/plain' };
  }
  return undefined;
}
