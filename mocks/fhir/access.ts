import type { SearchRequest } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';

/** The five letters of SMART 2 scopes: create, read, update, delete, search. */
export type Permission = 'c' | 'r' | 'u' | 'd' | 's';

/** What the bearer of a token may do. The repository asks; who answers is SMART's business. */
export interface Access {
  /** Who is signed in, `Practitioner/id`; absent where nobody of this server is. */
  readonly user?: string;
  /** A service that signed in by its key: all its scopes are `system/`. */
  readonly system?: boolean;
  may(permission: Permission, resource: Resource): boolean;
  /** Throws 403 where the whole search is out of bounds, not merely some of its results. */
  checkSearch(request: SearchRequest): void;
}

/** For loading and for tests of the layers below SMART. */
export const FULL_ACCESS: Access = {
  may: () => true,
  checkSearch: () => undefined,
};
