export type Letter = 'c' | 'r' | 'u' | 'd' | 's';

/** A SMART resource scope, v1 or v2 (SMART App Launch 2.2 §3.0.2). */
export interface ResourceScope {
  readonly context: string;
  /** A resource type, or `*`. */
  readonly type: string;
  readonly letters: ReadonlySet<string>;
  /** With a query (`?category=…`) it reaches less than its type says. */
  readonly narrowed: boolean;
}

const PATTERN = /^(patient|user|system)\/([A-Z][A-Za-z]*|\*)\.(read|write|\*|c?r?u?d?s?)(\?.*)?$/;
/** v1 spells: read is `rs`, write is `cud` (§3.0.2.6). */
const V1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** undefined for what is no resource scope (`launch`, `openid`) or not in a legal form. */
export function parseScope(scope: string): ResourceScope | undefined {
  const [, context, type, permission, query] = PATTERN.exec(scope) ?? [];
  if (context === undefined || type === undefined || !permission) return undefined;
  return {
    context,
    type,
    letters: new Set(V1[permission] ?? permission),
    narrowed: query !== undefined,
  };
}

/** Letters out of `wanted` that no scope grants for this type. */
export function missingLetters(
  scopes: readonly string[],
  type: string,
  wanted: string,
  contexts: readonly string[] = ['patient', 'user', 'system'],
): string {
  const reaching = scopes
    .map(parseScope)
    .filter((scope) => scope !== undefined)
    .filter((scope) => !scope.narrowed && contexts.includes(scope.context))
    .filter((scope) => scope.type === type || scope.type === '*');
  return [...wanted]
    .filter((letter) => !reaching.some(({ letters }) => letters.has(letter)))
    .join('');
}

/** Scopes that reach further than this app ever needs: deletion, all types at once, system. */
export const excessiveScopes = (scopes: readonly string[]): readonly string[] =>
  scopes.filter((scope) => {
    const parsed = parseScope(scope);
    if (!parsed) return false;
    const v1Write = /\.(write|\*)(\?|$)/.test(scope);
    return (
      parsed.context === 'system' || parsed.type === '*' || (parsed.letters.has('d') && !v1Write)
    );
  });
