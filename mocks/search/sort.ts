import type { SortRule } from '@medplum/core';
import { refuse } from '../fhir/outcome.ts';
import type { Stored } from '../fhir/resource.ts';
import type { SearchIndex } from './index.ts';
import { searchParameter } from './parameter.ts';
import type { SearchValues } from './values.ts';

/** Sorts by several keys; a resource without the key comes last in either direction. */
export function sortBy(
  resources: readonly Stored[],
  rules: readonly SortRule[],
  index: SearchIndex,
): readonly Stored[] {
  if (rules.length === 0) return resources;
  const keys = rules.map(({ code, descending }) => (resource: Stored) => {
    const parameter = searchParameter(resource.resourceType, code);
    if (parameter === undefined) {
      throw refuse(400, `Cannot sort by ${code}: no such search parameter`);
    }
    return { value: sortKey(index.values(resource, parameter)), sign: descending ? -1 : 1 };
  });
  return resources.toSorted((a, b) => {
    for (const key of keys) {
      const order = compare(key(a), key(b));
      if (order !== 0) return order;
    }
    return 0;
  });
}

type SortKey = string | number | undefined;

function compare(a: { value: SortKey; sign: number }, b: { value: SortKey; sign: number }): number {
  if (a.value === b.value) return 0;
  if (a.value === undefined) return 1;
  if (b.value === undefined) return -1;
  return (a.value < b.value ? -1 : 1) * a.sign;
}

function sortKey(values: SearchValues): SortKey {
  switch (values.kind) {
    case 'date':
      return values.ranges[0]?.from;
    case 'string':
      return values.strings[0]?.toLowerCase();
    case 'token':
      return values.tokens[0]?.code;
    case 'reference':
      return values.references[0];
    case 'uri':
      return values.uris[0];
    case 'number':
      return values.numbers[0];
    case 'quantity':
      return values.quantities[0]?.value;
    case 'unsupported':
      return undefined;
  }
}
