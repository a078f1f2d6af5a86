import type { Resource } from '@medplum/fhirtypes';

/** The resource with these elements and no others; `id` and the server's own `meta` are not content. */
export function keptFields(resource: Resource, fields: readonly string[]): Resource {
  const entries = Object.entries(resource).filter(
    ([name]) => name === 'resourceType' || fields.includes(name),
  );
  return Object.fromEntries(entries) as unknown as Resource;
}
