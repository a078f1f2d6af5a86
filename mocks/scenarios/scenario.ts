import type { FhirResource } from 'fhir/r4';
import type { Archive } from '../fhir/archive.ts';

/**
 * What a sandbox starts with. A value: no clock, nothing that changes, nothing shared between two sandboxes.
 * Every resource carries its own `id`, and `meta.tag` or `meta.security` says that it is synthetic
 * (`SYNTHETIC`).
 */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** The instant that the scenario describes (ISO 8601): "now" on the ward. */
  readonly now: string;
  readonly resources: readonly FhirResource[];
  /** What else is on the server, too much to be held: made when somebody asks for it. */
  readonly archive?: Archive;
  /** Who may sign in to the sandbox EHR. Each has a Practitioner among the resources. */
  readonly clinicians: readonly ScenarioClinician[];
  /** The units that the sandbox EHR lists; each has a Location among the resources. */
  readonly units: readonly ScenarioUnit[];
}

export interface ScenarioClinician {
  readonly practitionerId: string;
  readonly name: string;
  readonly role: string;
}

export interface ScenarioUnit {
  readonly locationId: string;
  readonly name: string;
}

/** Same options, same scenario, to the byte. `now` is milliseconds since the epoch. */
export type MakeScenario = (options: { readonly seed: number; readonly now: number }) => Scenario;

/** The mark of test data (HL7 v3 ActReason: health care testing). */
export const SYNTHETIC = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
} as const;
