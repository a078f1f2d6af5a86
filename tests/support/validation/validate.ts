import type { Issue, Json } from './issue.ts';
import { isObject } from './issue.ts';
import { medplumIssues } from './medplum.ts';
import { referenceIssues } from './references.ts';
import { schemaIssues } from './schema.ts';
import { sliceIssues } from './slices.ts';
import { terminologyIssues } from './terminology.ts';

/** As it goes over the wire: what JSON drops is gone, what JSON cannot say shows. */
const wire = (resource: object): Json => {
  const parsed: unknown = JSON.parse(JSON.stringify(resource));
  if (!isObject(parsed)) throw new TypeError('This is no resource.');
  return parsed;
};

/**
 * Everything that is wrong with a resource by R4 and by the profiles of ours that it claims:
 * `@medplum/core`, HL7's JSON Schema through ajv, and what both leave out (required bindings, reference
 * targets, rules inside slices). Not checked with the HL7 validator.
 */
export function validateAgainstR4AndProfiles(resource: object): readonly Issue[] {
  const sent = wire(resource);
  return [schemaIssues, medplumIssues, terminologyIssues, referenceIssues, sliceIssues].flatMap(
    (check) => check(sent),
  );
}

/** The same in words, one line each; empty when the resource is valid. For any test runner. */
export const issuesInWords = (resource: object): readonly string[] =>
  validateAgainstR4AndProfiles(resource).map(
    ({ by, path, message }) => `${by}: ${path}: ${message}`,
  );
