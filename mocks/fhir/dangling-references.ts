import type { Resource } from '@medplum/fhirtypes';
import { relative } from '../search/reference.ts';
import { refuse } from './outcome.ts';
import type { Store } from './store.ts';

/** `Type/id`, with or without a version: a reference to this very server. */
const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(\/_history\/.+)?$/;

/**
 * Refuses what points to a resource that this server does not hold, as servers with referential
 * integrity do (HAPI by default, Medplum with checkReferencesOnWrite). What lives on another server is
 * named by an absolute URL.
 */
export function refuseDanglingReferences(resource: Resource, store: Store, fhirBase: string): void {
  const dangling = referencesIn(resource).find((reference) => {
    const [, type, id] = LOCAL.exec(relative(reference, fhirBase)) ?? [];
    return type !== undefined && id !== undefined && store.current(type, id) === undefined;
  });
  if (dangling) throw refuse(422, `This server has no ${dangling}`, { code: 'not-found' });
}

function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    name === 'reference' && typeof child === 'string' ? [child] : referencesIn(child),
  );
}
