import type { SearchRequest } from '@medplum/core';
import { refuse } from '../fhir/outcome.ts';
import type { Stored } from '../fhir/resource.ts';

/** The rest of a search: what was found when it began, so that writes between pages move nothing. */
export interface PageState {
  readonly request: SearchRequest;
  readonly found: readonly Stored[];
  readonly offset: number;
  readonly total: number;
}

export interface Pages {
  keep(state: PageState): string;
  take(cursor: string): PageState;
}

/** Cursors are opaque (search.html §3.1.1.4.6) and forgotten oldest first. */
const MOST = 500;

export function createPages(): Pages {
  const states = new Map<string, PageState>();
  return {
    keep(state) {
      const cursor = crypto.randomUUID();
      states.set(cursor, state);
      const [oldest] = states.keys();
      if (states.size > MOST && oldest !== undefined) states.delete(oldest);
      return cursor;
    },
    take(cursor) {
      const state = states.get(cursor);
      if (state === undefined) throw refuse(410, 'This page is no longer held; search again');
      return state;
    },
  };
}
