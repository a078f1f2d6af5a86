import { isResourceTypeSchema, tryGetDataType } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';

/** A resource as the store holds it: identified, versioned, stamped. Frozen: nobody edits history. */
export type Stored = Resource & {
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string };
};

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}

export function keyOf(type: string, id: string): string {
  return `${type}/${id}`;
}

/** `id` datatype of R4. */
export const ID_PATTERN = /^[A-Za-z0-9\-.]{1,64}$/;

export function isResourceTypeName(type: string): boolean {
  const schema = tryGetDataType(type);
  return schema !== undefined && isResourceTypeSchema(schema);
}
