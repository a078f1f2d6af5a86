import { normalizeOperationOutcome, OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcome, OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import { checkRequiredBindings } from './required-bindings.ts';
import type { CodesOf } from './value-sets.ts';

/** Refuses with 422 what R4 does not allow: shape, cardinality, invariants, required codes. */
export function validate(resource: Resource, codesOf: CodesOf): void {
  const issues = structuralIssues(resource);
  if (issues.length === 0) issues.push(...checkRequiredBindings(resource, codesOf));
  if (issues.length === 0) return;
  const refusal: OperationOutcome = {
    resourceType: 'OperationOutcome',
    id: 'status-422',
    issue: issues,
  };
  throw new OperationOutcomeError(refusal);
}

function structuralIssues(resource: Resource): OperationOutcomeIssue[] {
  try {
    return validateResource(resource).filter(({ severity }) => severity === 'error');
  } catch (error) {
    return normalizeOperationOutcome(error).issue;
  }
}
