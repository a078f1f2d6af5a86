import type { FhirResource, StructureDefinition } from 'fhir/r4';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { toMeasure } from '../measure-report/measure.fhir.ts';
import { type ViewDefinition, viewDefinitions } from '../views/definition.ts';
import { auditCodeSystem } from './audit-code-system.ts';
import { capabilityStatement } from './capability.ts';
import { codeSystems } from './code-systems.ts';
import { profiles } from './profiles.ts';
import { safetyCodeSystems } from './safety-code-systems.ts';
import { safetyProfiles } from './safety-profiles.ts';
import { withSnapshot } from './snapshot.ts';
import { valueSets } from './value-sets.ts';

/** One published file and what is in it. */
export interface Artifact {
  readonly path: string;
  readonly resource: FhirResource | ViewDefinition;
}

/** Everything under `public/fhir`; `base` gives R4's StructureDefinition of a type. */
export function artifacts(base: (type: string) => StructureDefinition): readonly Artifact[] {
  const resources: readonly Artifact['resource'][] = [
    ...[...profiles(), ...safetyProfiles()].map((profile) =>
      withSnapshot(profile, base(profile.type)),
    ),
    ...codeSystems(),
    ...safetyCodeSystems(),
    auditCodeSystem(),
    ...valueSets(),
    ...PUBLISHED_VIEWS.map(toMeasure),
    capabilityStatement(),
    ...viewDefinitions(),
  ];
  return resources.map((resource) => ({
    path: `${resource.resourceType}-${resource.id}.json`,
    resource,
  }));
}
