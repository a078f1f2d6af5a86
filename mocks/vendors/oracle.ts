import type { Resource } from '@medplum/fhirtypes';
import { refuseCommunication } from './oracle-communication.ts';
import { refuseDocument } from './oracle-document.ts';
import { keepObservation, refuseObservation } from './oracle-observation.ts';
import type { Refusal, VendorProfile, WriteInteraction } from './profile.ts';
import { strict } from './strict.ts';

/**
 * A likeness of Oracle Health Millennium, from public sources and never compared with a Millennium
 * server. [CER] is Cerner's fhir.cerner.com (2024), [ORA] Oracle's R4 reference (newer, an excerpt).
 */
export const oracle: VendorProfile = {
  ...strict,
  name: 'oracle',
  // [CER] authorization: "a single token that is valid for 570 seconds".
  accessTokenSeconds: 570,
  // [CER] authorization: the refresh token of online_access is not rotated …
  refresh: 'keep',
  // … and refreshing more than once a minute may be throttled.
  secondsBetweenRefreshes: 60,
  // [CER] Wildcard scopes are not supported; what is asked so is missing in what is granted (seen in
  // forums.oracle.com 2161: `user/*.read` asked, `launch` alone granted).
  wildcardScopes: false,
  // [CER] documents none; If-Match is for updates.
  conditionalCreate: false,
  // [CER] A create answers 201 with headers and no body.
  defaultReturn: 'minimal',
  // smart-on-fhir/client-js issue 97: a 401 without CORS headers is a bare network error to a browser.
  corsOnUnauthorized: false,
  offers: (interaction, type) => WRITES[type]?.includes(interaction) ?? false,
  notOffered: (interaction, type) => ({
    status: 403,
    text: `${type}: ${interaction} is not offered`,
  }),
  refuse(_interaction, resource, chart) {
    // [CER] "Unsupported fields are ignored"; a modifier that is not supported fails.
    if ('modifierExtension' in resource || resource.implicitRules !== undefined) {
      return { status: 422, text: 'modifier elements are not supported' };
    }
    return refuseByType(resource, chart.user);
  },
  keep: (resource) =>
    resource.resourceType === 'Observation' ? keepObservation(resource) : resource,
};

/** [CER] per resource. QuestionnaireResponse (update, social history only) is left out. */
const WRITES: Readonly<Record<string, readonly WriteInteraction[]>> = {
  Observation: ['create', 'update'],
  DocumentReference: ['create', 'update'],
  Communication: ['create'],
};

function refuseByType(resource: Resource, user: string | undefined): Refusal | undefined {
  switch (resource.resourceType) {
    case 'Observation':
      return refuseObservation(resource);
    case 'DocumentReference':
      return refuseDocument(resource, user);
    case 'Communication':
      return refuseCommunication(resource);
    default:
      return undefined;
  }
}
