import type { SearchParameter } from '@medplum/fhirtypes';
import { keyOf, type Stored } from '../fhir/resource.ts';
import type { Store } from '../fhir/store.ts';
import { relative } from './reference.ts';
import { type SearchValues, searchValues } from './values.ts';

/**
 * Inverted indexes for equality on tokens and references. One is built when the first search asks
 * for that parameter and kept up on every write, so that 20,000 Observations cost one lookup. What only
 * an archive has is not in them: the archive has indexes of its own.
 */
export interface SearchIndex {
  /** What the resource offers to the parameter, computed once per stored version. */
  values(resource: Stored, parameter: SearchParameter): SearchValues;
  /** Candidates for `parameter = value`, a superset of the matches; undefined: no index helps. */
  candidates(type: string, parameter: SearchParameter, value: string): Set<Stored> | undefined;
}

interface ParameterIndex {
  readonly parameter: SearchParameter;
  readonly byKey: Map<string, Set<Stored>>;
}

const INDEXED = new Set(['token', 'reference']);

export function createSearchIndex(store: Store, fhirBase: string): SearchIndex {
  const indexes = new Map<string, ParameterIndex>();
  const memo = new WeakMap<Stored, Map<string, SearchValues>>();

  function values(resource: Stored, parameter: SearchParameter): SearchValues {
    let known = memo.get(resource);
    if (known === undefined) {
      known = new Map();
      memo.set(resource, known);
    }
    const existing = known.get(parameter.code);
    if (existing !== undefined) return existing;
    const computed = searchValues(resource, parameter);
    known.set(parameter.code, computed);
    return computed;
  }

  function add(index: ParameterIndex, resource: Stored): void {
    for (const key of keysOf(values(resource, index.parameter), fhirBase)) {
      const bucket = index.byKey.get(key);
      if (bucket === undefined) index.byKey.set(key, new Set([resource]));
      else bucket.add(resource);
    }
  }

  function indexFor(type: string, parameter: SearchParameter): ParameterIndex {
    const name = keyOf(type, parameter.code);
    const existing = indexes.get(name);
    if (existing !== undefined) return existing;
    const created: ParameterIndex = { parameter, byKey: new Map() };
    for (const resource of store.live(type)) add(created, resource);
    indexes.set(name, created);
    return created;
  }

  store.subscribe((type, before, after) => {
    for (const [name, index] of indexes) {
      if (!name.startsWith(`${type}/`)) continue;
      if (before !== undefined) {
        for (const key of keysOf(values(before, index.parameter), fhirBase)) {
          index.byKey.get(key)?.delete(before);
        }
      }
      if (after !== undefined) add(index, after);
    }
  });

  return {
    values,
    candidates(type, parameter, value) {
      if (!INDEXED.has(parameter.type ?? '')) return undefined;
      const key = askedKey(parameter, value, fhirBase);
      return indexFor(type, parameter).byKey.get(key) ?? new Set();
    },
  };
}

/** Tokens by their code, references by their last segment: each is a superset of what can match. */
function keysOf(values: SearchValues, fhirBase: string): Iterable<string> {
  if (values.kind === 'token') {
    return new Set(values.tokens.flatMap(({ system, code }) => [code ?? '', `${system ?? ''}|`]));
  }
  if (values.kind === 'reference') {
    return new Set(values.references.map((one) => lastSegment(relative(one, fhirBase))));
  }
  return [];
}

function askedKey(parameter: SearchParameter, value: string, fhirBase: string): string {
  if (parameter.type === 'reference') return lastSegment(relative(value, fhirBase));
  const bar = value.indexOf('|');
  if (bar < 0) return value;
  return value.endsWith('|') ? value : value.slice(bar + 1);
}

const lastSegment = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1);
