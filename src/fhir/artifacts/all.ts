import type { FhirResource, StructureDefinition } from 'fhir/r4';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { toMeasure } from '../measure-report/measure.fhir.ts';
import { type ViewDefinition, viewDefinitions } from '../views/definition.ts';
import { capabilityStatement } from './capability.ts';
import { codeSystems } from './code-systems.ts';
import { profiles } from './profiles.ts';
import { withSnapshot } from './snapshot.ts';
import { valueSets } from './value-sets.ts';

/** One published file and what is in it. */
export interface Artifact {
  readonly path: string;
  readonly resource: FhirResource | ViewDefinition;
}

/** Everything under `public/fhir`; `base` is R4's StructureDefinition of Observation. */
export function artifacts(base: StructureDefinition): readonly Artifact[] {
  const resources: readonly Artifact['resource'][] = [
    ...profiles().map((profile) => withSnapshot(profile, base)),
    ...codeSystems(),
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
