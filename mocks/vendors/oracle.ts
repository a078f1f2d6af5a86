import type { Resource } from '@medplum/fhirtypes';
import { withoutFocusAndComponents } from './lossy.ts';
import type { Refusal, VendorProfile } from './profile.ts';
import { strict } from './strict.ts';

/**
 * A first likeness of Oracle Health Millennium. Sources: Cerner's `fhir.cerner.com` Observation page
 * (2024) and Oracle's R4 reference: category exactly one of vital-signs and laboratory, else 422;
 * status final, amended or corrected; effectiveDateTime with a time; vitals need a Practitioner as
 * performer; "unsupported fields are ignored"; access tokens live 570 s; the refresh token of
 * `online_access` is not rotated. If-Match works on update.
 */
export const oracle: VendorProfile = {
  ...strict,
  name: 'oracle',
  accessTokenSeconds: 570,
  refresh: 'keep',
  batch: false,
  conditionalCreate: false,
  defaultReturn: 'minimal',
  refuse(interaction, type, resource) {
    if (interaction === 'delete' || interaction === 'patch' || interaction === 'batch') {
      return { status: 403, text: `${interaction} is not offered` };
    }
    if (type === 'Observation') return refuseObservation(resource);
    if (type === 'DocumentReference') return refuseDocument(resource);
    return { status: 403, text: `${type} cannot be written` };
  },
  keep: withoutFocusAndComponents,
};

const CATEGORIES = new Set(['vital-signs', 'laboratory']);
const STATUSES = new Set(['final', 'amended', 'corrected']);

function refuseObservation(resource: Resource | undefined): Refusal | undefined {
  if (resource?.resourceType !== 'Observation') return undefined;
  const categories = resource.category?.flatMap(({ coding }) => coding?.[0]?.code ?? []) ?? [];
  const [category] = categories;
  if (categories.length !== 1 || category === undefined || !CATEGORIES.has(category)) {
    return { status: 422, text: 'category must be exactly one of vital-signs and laboratory' };
  }
  if (!STATUSES.has(resource.status)) return { status: 422, text: 'status is not supported' };
  if (!resource.effectiveDateTime?.includes('T')) {
    return { status: 422, text: 'effectiveDateTime with a time is required' };
  }
  if (category === 'vital-signs' && !hasPractitioner(resource.performer ?? [])) {
    return { status: 422, text: 'a Practitioner as performer is required' };
  }
  return undefined;
}

function hasPractitioner(performers: readonly { reference?: string }[]): boolean {
  return performers.some(({ reference }) => reference?.startsWith('Practitioner/'));
}

function refuseDocument(resource: Resource | undefined): Refusal | undefined {
  if (resource?.resourceType !== 'DocumentReference') return undefined;
  if (resource.docStatus !== 'final') return { status: 422, text: 'docStatus must be final' };
  if (resource.author?.length !== 1) return { status: 422, text: 'exactly one author' };
  if (resource.content?.length !== 1) return { status: 422, text: 'exactly one attachment' };
  if (!resource.context?.period?.end?.includes('T')) {
    return { status: 422, text: 'context.period.end with a time is required' };
  }
  return undefined;
}
