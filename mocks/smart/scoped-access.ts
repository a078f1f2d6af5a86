import type { SearchRequest } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import type { Access, Permission } from '../fhir/access.ts';
import { refuse } from '../fhir/outcome.ts';
import { splitEscaped } from '../search/escape.ts';
import { matchesToken, type Token } from '../search/token.ts';
import type { Compartment } from './compartment.ts';
import { parseResourceScope, type ResourceScope } from './scopes.ts';

/**
 * The permissions of one token. `patient/` scopes reach the launched patient's compartment, and for
 * reading also what belongs to no patient; `user/` scopes reach everything of their type.
 * `patientIds` are the records that may be the launched patient's: one, as a rule. Of several, only
 * the Patients themselves may be seen, for whose chart it is nobody knows.
 */
export function scopedAccess(
  scopes: readonly string[],
  patientIds: readonly string[],
  compartment: Compartment,
): Access {
  const parsed = scopes.map(parseResourceScope).filter((scope) => scope !== undefined);

  function grants(permission: Permission, type: string): ResourceScope[] {
    return parsed.filter(
      (scope) => scope.permissions.has(permission) && (scope.type === '*' || scope.type === type),
    );
  }

  function reaches(scope: ResourceScope, permission: Permission, resource: Resource): boolean {
    if (scope.category !== undefined && !hasCategory(resource, scope.category)) return false;
    if (scope.context !== 'patient') return true;
    if (holds(resource)) return true;
    return (permission === 'r' || permission === 's') && compartment.isImpersonal(resource);
  }

  function holds(resource: Resource): boolean {
    const sure = patientIds.length === 1 || resource.resourceType === 'Patient';
    return sure && patientIds.some((id) => compartment.holds(resource, id));
  }

  return {
    may: (permission, resource) =>
      grants(permission, resource.resourceType).some((scope) =>
        reaches(scope, permission, resource),
      ),
    checkSearch(request) {
      const type = request.resourceType;
      const granted = grants('s', type);
      if (granted.length === 0) throw refuse(403, `No scope permits searching ${type}`);
      const confined = granted.every((scope) => scope.context === 'patient');
      if (confined && asksForAnother(request, patientIds)) {
        throw refuse(403, 'The token is for another patient');
      }
    },
  };
}

const PATIENT_PARAMETERS = new Set(['patient', 'subject']);

function asksForAnother(request: SearchRequest, patientIds: readonly string[]): boolean {
  return (request.filters ?? [])
    .filter(({ code, operator }) => PATIENT_PARAMETERS.has(code) && operator === 'eq')
    .flatMap(({ value }) => splitEscaped(value))
    .some((reference) => {
      const [type, id] = reference.includes('/')
        ? reference.split('/').slice(-2)
        : ['Patient', reference];
      return type === 'Patient' && !patientIds.includes(id ?? '');
    });
}

function hasCategory(resource: Resource, wanted: string): boolean {
  if (!('category' in resource)) return false;
  const concepts = [resource.category].flat() as {
    coding?: { system?: string; code?: string }[];
  }[];
  const tokens: Token[] = concepts.flatMap(({ coding }) =>
    (coding ?? []).map(({ system, code }) => ({ system, code })),
  );
  return tokens.some((token) => matchesToken(token, wanted));
}
