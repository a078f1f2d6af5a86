import { missingLetters } from '#src/domain/connection/scopes.ts';

/**
 * What the governance page asks for: no patient of a launch. It writes states, tasks, attestations,
 * plans and replies, and never a recommendation or an answer. A server grants what its policy gives to
 * the person; what it does not grant, the page says.
 */
const GOVERNANCE_SCOPES = [
  'openid fhirUser online_access user/AuditEvent.c',
  'user/Observation.crs user/Task.crus user/Provenance.crs user/Library.crus',
  'user/Communication.crs user/AdverseEvent.rs user/DocumentReference.rs',
  'user/Device.rs user/Location.rs user/Practitioner.rs user/MeasureReport.rs',
  // Recall: whom a model version touched.
  'user/Patient.rs user/Encounter.rs user/RequestGroup.rs',
].join(' ');

/** Carriers of recommendations are read for a recall; each in its own scope. */
export const governanceScopes = (carriers: readonly string[]): string =>
  [
    GOVERNANCE_SCOPES,
    ...carriers
      .filter((type) => missingLetters(GOVERNANCE_SCOPES.split(' '), type, 'rs') !== '')
      .map((type) => `user/${type}.rs`),
  ].join(' ');
