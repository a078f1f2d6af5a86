import {
  indexStructureDefinitionBundle,
  loadDataType,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { CANONICAL_BASE } from '#src/fhir/codes.ts';
import { once, published, r4Structures, structure } from './definitions.ts';
import { type Issue, type Json, profilesOf } from './issue.ts';

// medplum has its own copy of the R4 types; the JSON is the same.
const asMedplum = <T>(value: unknown): T => value as T;

const load = once(() => {
  const ours = published().filter(({ resourceType }) => resourceType === 'StructureDefinition');
  indexStructureDefinitionBundle(asMedplum<StructureDefinition[]>(r4Structures()));
  for (const profile of ours) loadDataType(asMedplum<StructureDefinition>(profile));
  return true;
});

function run(resource: Json, profile?: StructureDefinition): readonly Issue[] {
  try {
    validateResource(asMedplum<Resource>(resource), profile ? { profile } : {});
    return [];
  } catch (cause) {
    if (!(cause instanceof OperationOutcomeError)) throw cause;
    return (cause.outcome.issue ?? []).map((issue) => ({
      by: 'medplum' as const,
      path: issue.expression?.join(', ') ?? '',
      message: issue.details?.text ?? issue.diagnostics ?? issue.code,
    }));
  }
}

/** R4 and every profile that the resource claims and that we know. */
export function medplumIssues(resource: Json): readonly Issue[] {
  load();
  const claims = profilesOf(resource);
  const profiles = claims.flatMap((url) => structure(url) ?? []);
  const unknown = claims.filter((url) => url.startsWith(CANONICAL_BASE) && !structure(url));
  return [
    ...unknown.map((url) => ({
      by: 'medplum' as const,
      path: 'meta.profile',
      message: `${url} is no profile that we publish.`,
    })),
    ...run(resource),
    ...profiles.flatMap((profile) => run(resource, asMedplum<StructureDefinition>(profile))),
  ];
}
