import type { Permission } from '../fhir/access.ts';

/** A resource scope, SMART 2.2 §3.0.2: `patient/Observation.rs?category=system|code`. */
export interface ResourceScope {
  readonly context: 'patient' | 'user' | 'system';
  /** A resource type, or `*`. */
  readonly type: string;
  readonly permissions: ReadonlySet<Permission>;
  /** The only search restriction that the sandbox understands; a scope with another is not granted. */
  readonly category: string | undefined;
}

const PATTERN = /^(patient|user|system)\/([A-Z][A-Za-z]+|\*)\.([a-z*]+)(?:\?(.+))?$/;

/** v1 spells (SMART 2.2 §3.0.2.6): read is `rs`, write is `cud`. */
const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** Letters in this order only; `.dus` is refused as real servers do (§3.0.2.2). */
const V2 = /^c?r?u?d?s?$/;

const CONTEXT_SCOPES = new Set([
  'launch',
  'launch/patient',
  'launch/encounter',
  'openid',
  'fhirUser',
  'profile',
  'online_access',
  'offline_access',
]);
const CONTEXT_RESOURCE = /^launch\/[a-z]+(\?role=.+)?$/;

export function parseResourceScope(scope: string): ResourceScope | undefined {
  const [, context, type, letters, query] = PATTERN.exec(scope) ?? [];
  if (context === undefined || type === undefined || letters === undefined) return undefined;
  const permissions = V1[letters] ?? letters;
  if (!V2.test(permissions)) return undefined;
  const restriction = new URLSearchParams(query ?? '');
  const category = restriction.get('category') ?? undefined;
  const others = [...restriction.keys()].some((name) => name !== 'category');
  if (others || (query !== undefined && category === undefined)) return undefined;
  return {
    context: context as ResourceScope['context'],
    type,
    permissions: new Set(permissions) as ReadonlySet<string> as ReadonlySet<Permission>,
    category,
  };
}

/** The scopes out of `asked` that the server understands and the client may have. */
export function grantedScopes(
  asked: string,
  allowed: readonly string[] | undefined,
  wildcards: boolean,
): string[] {
  return asked
    .split(/\s+/)
    .filter((scope) => scope !== '')
    .filter((scope) => allowed === undefined || allowed.includes(scope))
    .filter((scope) => wildcards || !scope.includes('/*.'))
    .filter(
      (scope) =>
        CONTEXT_SCOPES.has(scope) ||
        CONTEXT_RESOURCE.test(scope) ||
        parseResourceScope(scope) !== undefined,
    );
}
