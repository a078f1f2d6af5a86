import { type Act, may, type Role, rolesOf } from '#src/domain/governance/rights.ts';
import { useGovernanceDeps } from './deps.ts';

export interface Rights {
  /** Undefined: the site has given out none. */
  readonly roles: readonly Role[] | undefined;
  /** By the site’s roles; what the server allows, it says itself. Never for who cannot be named. */
  readonly may: (act: Act) => boolean;
}

export function useRights(): Rights {
  const { person, roles: book } = useGovernanceDeps();
  const roles = rolesOf(book, person.names);
  return { roles, may: (act) => person.reference !== undefined && may(roles, act) };
}
