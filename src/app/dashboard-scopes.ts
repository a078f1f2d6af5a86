import { missingLetters } from '#src/domain/connection/scopes.ts';

/**
 * What the dashboard asks for: no patient of a launch, and reading only, but for its change log and the
 * audit record of that. A
 * server grants what its policy gives to the person; what it does not grant, the page says.
 */
export const DASHBOARD_SCOPES = [
  'openid fhirUser online_access user/AuditEvent.c',
  'user/MeasureReport.rs user/Library.rs user/Observation.crs user/Device.rs user/Location.rs',
  // To bring the published figures up to date by what has just been answered.
  'user/Patient.rs user/Encounter.rs user/Provenance.s',
];

/** Carriers of recommendations are read for the same; each in its own scope. */
export const dashboardScopes = (carriers: readonly string[]): string =>
  [
    ...DASHBOARD_SCOPES,
    ...carriers
      .filter((type) => missingLetters(DASHBOARD_SCOPES.join(' ').split(' '), type, 'rs') !== '')
      .map((type) => `user/${type}.rs`),
  ].join(' ');
