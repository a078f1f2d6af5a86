import {
  indexStructureDefinitionBundle,
  loadDataType,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import type { Resource, StructureDefinition } from '@medplum/fhirtypes';
import { CANONICAL_BASE } from '#src/fhir/codes.ts';
import { once, r4Structure, r4Structures, structure } from './definitions.ts';
import { type Issue, isObject, type Json, profilesOf } from './issue.ts';

// medplum has its own copy of the R4 types; the JSON is the same.
const asMedplum = <T>(value: unknown): T => value as T;

const isType = ({ kind }: { kind: string }) => kind === 'complex-type' || kind === 'primitive-type';

/** Data types at once, resource types when one is met: all of them take half a second. */
const loadTypes = once(() => {
  const types = r4Structures().filter(isType);
  indexStructureDefinitionBundle(asMedplum<StructureDefinition[]>(types));
  return new Set<string>();
});

function loadResourceTypes(value: unknown): void {
  if (Array.isArray(value)) value.forEach(loadResourceTypes);
  if (!isObject(value)) return;
  const loaded = loadTypes();
  const type = String(value.resourceType);
  const definition = loaded.has(type) ? undefined : r4Structure(type);
  if (definition) loadDataType(asMedplum<StructureDefinition>(definition));
  loaded.add(type);
  Object.values(value).forEach(loadResourceTypes);
}

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
  loadResourceTypes(resource);
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
