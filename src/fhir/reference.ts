import { absoluteReference, type ResourceRef } from '#src/domain/coding.ts';
import { get, isObject, type Json, list, objects, token } from './read.ts';

/** Where a reference points, once it is taken apart. `version` is what `_history/` named. */
export interface Target {
  readonly ref: ResourceRef;
  readonly version?: string;
}

const TYPE = /^[A-Z][A-Za-z]{1,63}$/;
// R4 allows [A-Za-z0-9\-.]{1,64}; servers in the field also use underscores and longer ids.
const ID = /^[\w.-]{1,128}$/;

export const resourceId = (value: unknown): string | undefined => {
  const id = token(value, 128);
  return id !== undefined && ID.test(id) ? id : undefined;
};

export const resourceType = (resource: unknown): string | undefined => {
  const type = token(get(resource, 'resourceType'), 64);
  return type !== undefined && TYPE.test(type) ? type : undefined;
};

/**
 * Takes `Type/id`, `https://base/Type/id` and either with `/_history/n` apart; relative ones are of
 * `server`. `#contained`, `urn:uuid:` and anything else: undefined. Linear in the length.
 */
export function parseReference(reference: unknown, server: string): Target | undefined {
  const sent = token(reference, 2_048);
  if (sent === undefined || sent.startsWith('#')) return undefined;
  const parts = sent.split('/');
  const history = parts.at(-2) === '_history' ? parts.splice(-2)[1] : undefined;
  const id = resourceId(parts.pop());
  const type = parts.pop() ?? '';
  if (id === undefined || !TYPE.test(type)) return undefined;
  if (parts.length > 0 && !/^https?:$/.test(parts[0] ?? '')) return undefined;
  const ref = { server: parts.length === 0 ? server : parts.join('/'), type, id };
  return history === undefined ? { ref } : { ref, version: history };
}

/** Relative where it is of this server, absolute where it is not: the form that the domain keeps. */
export const plainReference = (ref: ResourceRef, server: string): string =>
  ref.server === server ? `${ref.type}/${ref.id}` : absoluteReference(ref);

/** The resource's own place on `server`; undefined without a legal type and id. */
export function refOf(resource: unknown, server: string): ResourceRef | undefined {
  const type = resourceType(resource);
  const id = resourceId(get(resource, 'id'));
  return type === undefined || id === undefined ? undefined : { server, type, id };
}

/**
 * Resources at hand, by absolute reference. A contained resource is under its parent's reference
 * with `#id`, so that it stays resolvable after the parent has been read.
 */
export type ResourcePool = ReadonlyMap<string, Json>;

/** Builds a pool from what one server sent; entries without type or id are left out. */
export function buildPool(server: string, resources: readonly unknown[]): ResourcePool {
  const pool = new Map<string, Json>();
  for (const resource of resources) {
    const ref = refOf(resource, server);
    if (ref === undefined || !isObject(resource)) continue;
    const key = absoluteReference(ref);
    const known = pool.get(key);
    if (known !== undefined && !isLater(resource, known)) continue;
    pool.set(key, resource);
    for (const inner of objects(get(resource, 'contained'))) {
      const id = resourceId(get(inner, 'id'));
      if (id !== undefined) pool.set(`${key}#${id}`, inner);
    }
  }
  return pool;
}

/** True where `a` is a later version of the same resource than `b` (versionId, then lastUpdated). */
function isLater(a: Json, b: Json): boolean {
  const [va, vb] = [a, b].map((one) => Number(token(get(get(one, 'meta'), 'versionId'), 64)));
  if (va !== undefined && vb !== undefined && va !== vb && va > 0 && vb > 0) return va > vb;
  const [ta, tb] = [a, b].map((one) =>
    Date.parse(token(get(get(one, 'meta'), 'lastUpdated'), 40) ?? ''),
  );
  return (ta ?? 0) > (tb ?? 0);
}

/** The literal reference of a Reference element, contained ones made absolute by their parent. */
export function literal(element: unknown, parent: ResourceRef): string | undefined {
  const sent = token(isObject(element) ? get(element, 'reference') : element, 2_048);
  if (sent === undefined) return undefined;
  if (sent.startsWith('#')) return `${parent.type}/${parent.id}${sent}`;
  const target = parseReference(sent, parent.server);
  if (target === undefined) return sent;
  const plain = plainReference(target.ref, parent.server);
  return target.version === undefined ? plain : `${plain}/_history/${target.version}`;
}

/** Finds what a literal reference points to, whatever form it has. */
export function resolve(
  reference: string | undefined,
  server: string,
  pool: ResourcePool,
): Json | undefined {
  if (reference === undefined) return undefined;
  const [whole, inner] = reference.split('#');
  const target = parseReference(whole, server);
  if (target === undefined) return undefined;
  const key = absoluteReference(target.ref);
  return pool.get(inner === undefined ? key : `${key}#${inner}`);
}

/** All Reference elements under these values, in order. */
export const referenceElements = (...values: readonly unknown[]): readonly unknown[] =>
  values.flatMap((value) => list(value)).filter((one) => isObject(one) || typeof one === 'string');
