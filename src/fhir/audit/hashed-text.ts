import { canonicalJson } from '#src/domain/audit/canonical-json.ts';
import { AUDIT_DETAIL } from '../audit-event-terms.ts';
import { isObject } from '../read.ts';

/** What a server puts there by itself, and may change without anybody's act. */
const OF_THE_SERVER = new Set(['id', 'meta', 'text']);

/** The text of a stored resource by which it is known again. Throws `TypeError` where it is no JSON. */
export const hashedText = (resource: object): string =>
  canonicalJson(Object.fromEntries(memberEntries(resource)));

/** The text of a chained record: all of it but the hash that it carries itself, last in its first entity. */
export function recordText(event: object): string {
  const entries = memberEntries(event).map(([name, value]) =>
    name === 'entity' && Array.isArray(value) ? [name, withoutHash(value)] : [name, value],
  );
  return canonicalJson(Object.fromEntries(entries));
}

const memberEntries = (resource: object): readonly (readonly [string, unknown])[] =>
  Object.entries(resource).filter(([name]) => !OF_THE_SERVER.has(name));

/** That one and no other: whatever else is called a hash was not there when this was written. */
function withoutHash([chain, ...others]: readonly unknown[]): readonly unknown[] {
  if (!isObject(chain) || !Array.isArray(chain.detail)) return [chain, ...others];
  const last: unknown = chain.detail.at(-1);
  const isHash = isObject(last) && last.type === AUDIT_DETAIL.hash;
  return [isHash ? { ...chain, detail: chain.detail.slice(0, -1) } : chain, ...others];
}
