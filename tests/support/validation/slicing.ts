import type { ElementDefinition } from 'fhir/r4';
import { asList, isObject } from './issue.ts';

type Elements = ReadonlyMap<string, ElementDefinition>;

const startingWith = (definition: ElementDefinition, prefix: string): unknown =>
  Object.entries(definition).find(([key]) => key.startsWith(prefix))?.[1];

export const patternOf = (definition: ElementDefinition | undefined): unknown =>
  definition && startingWith(definition, 'pattern');

/** True when everything in the pattern is in the value, list items in any order. */
export function fits(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern))
    return pattern.every((part) => asList(value).some((held) => fits(part, held)));
  if (isObject(pattern))
    return (
      isObject(value) && Object.entries(pattern).every(([key, part]) => fits(part, value[key]))
    );
  return pattern === value;
}

function belongs(value: unknown, slice: ElementDefinition, path: string, elements: Elements) {
  if (path === '$this') return fits(patternOf(slice), value);
  const discriminator = elements.get(`${slice.id}.${path}`);
  return isObject(value) && fits(patternOf(discriminator), value[path]);
}

/** The slice that a value belongs to; `none` of them, or `unsliced` where we cannot tell. */
export function sliceOf(
  value: unknown,
  definition: ElementDefinition,
  elements: Elements,
): ElementDefinition | 'none' | 'unsliced' {
  const discriminators = definition.slicing?.discriminator ?? [];
  const slices = [...elements.values()].filter(
    ({ id, sliceName }) => sliceName !== undefined && id === `${definition.id}:${sliceName}`,
  );
  if (slices.length === 0 || discriminators.some(({ type }) => type !== 'pattern'))
    return 'unsliced';
  const found = slices.find((slice) =>
    discriminators.every(({ path }) => belongs(value, slice, path, elements)),
  );
  return found ?? 'none';
}
