import type { FhirResource } from 'fhir/r4';

/** A relative reference, as a scenario writes them; contained and absolute ones stay as they are. */
const RELATIVE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]+$/;

/** A copy in which every relative reference is what `where` makes of it. */
export function repointed<T extends FhirResource>(resource: T, where: Where): T {
  return copy(resource, where) as T;
}

type Where = (reference: string) => string;

function copy(value: unknown, where: Where): unknown {
  if (Array.isArray(value)) return value.map((one) => copy(one, where));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    name === 'reference' && typeof child === 'string' && RELATIVE.test(child)
      ? where(child)
      : copy(child, where),
  ]);
  return Object.fromEntries(entries);
}
