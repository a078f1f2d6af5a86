import type { Filter, SearchRequest } from '@medplum/core';
import type { SearchParameter } from '@medplum/fhirtypes';
import { refuse } from '../fhir/outcome.ts';
import type { Stored } from '../fhir/resource.ts';
import type { Store } from '../fhir/store.ts';
import { splitEscaped } from './escape.ts';
import type { SearchIndex } from './index.ts';
import { type Condition, type MatchContext, matches } from './match.ts';
import { searchParameter } from './parameter.ts';
import { sortBy } from './sort.ts';

export interface SearchDeps extends MatchContext {
  readonly store: Store;
  readonly index: SearchIndex;
}

export interface SearchOutcome {
  readonly found: readonly Stored[];
  /** Parameters that this server does not know and therefore did not apply. */
  readonly ignored: readonly string[];
}

/** All matches in order. Paging, includes and permissions are for the caller. */
export function runSearch(request: SearchRequest, deps: SearchDeps): SearchOutcome {
  const type = request.resourceType;
  const conditions: Condition[] = [];
  const ignored: string[] = [];
  for (const filter of request.filters ?? []) {
    const parameter = parameterFor(type, filter);
    if (parameter === undefined) ignored.push(filter.code);
    else conditions.push({ parameter, operator: filter.operator, value: filter.value });
  }
  const found = [...candidates(type, conditions, deps)].filter((resource) =>
    conditions.every((condition) =>
      matches(deps.index.values(resource, condition.parameter), condition, deps),
    ),
  );
  return { found: sortBy(found, request.sortRules ?? [], deps.index), ignored };
}

function parameterFor(type: string, filter: Filter): SearchParameter | undefined {
  if (filter.code.includes('.') || filter.code.startsWith('_has')) {
    throw refuse(400, `Chained search is not supported here: ${filter.code}`, {
      code: 'not-supported',
    });
  }
  return searchParameter(type, filter.code);
}

/** The smallest set that an index offers; without one, every resource of the type. Then the archive's. */
function* candidates(
  type: string,
  conditions: readonly Condition[],
  { store, index }: SearchDeps,
): Generator<Stored> {
  let best: Set<Stored> | undefined;
  for (const { operator, parameter, value } of conditions) {
    if (operator !== 'eq') continue;
    const union = new Set<Stored>();
    let indexed = true;
    for (const one of splitEscaped(value)) {
      const some = index.candidates(type, parameter, one);
      if (some === undefined) indexed = false;
      else for (const resource of some) union.add(resource);
    }
    if (indexed && (best === undefined || union.size < best.size)) best = union;
  }
  yield* best ?? store.live(type);
  const asked = conditions.map(({ operator, parameter, value }) => ({
    code: parameter.code as string,
    operator,
    value,
  }));
  yield* store.archived(type, asked);
}
