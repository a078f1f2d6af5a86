import { elementOf, type Leaf, type ResourceName, type TypeName } from './elements.ts';

/** The elements that paths went through, as a tree: what `read_json` has to parse, and no more. */
export interface Used {
  readonly type: TypeName | Leaf;
  readonly many: boolean;
  readonly members: Map<string, Used>;
}

export const nothingUsed = (type: ResourceName): Used => ({
  type,
  many: false,
  members: new Map(),
});

/** Marks a member as used; undefined where the type has no such element. */
export function use(parent: Used, name: string): Used | undefined {
  const known = parent.members.get(name);
  if (known !== undefined) return known;
  const element = elementOf(parent.type, name);
  if (element === undefined) return undefined;
  const used: Used = { ...element, members: new Map() };
  parent.members.set(name, used);
  return used;
}

/** Marks what stands at the end of each path of names; throws where a type has no such element. */
export function markAll(root: Used, paths: readonly string[]): Used {
  for (const path of paths) {
    let at: Used | undefined = root;
    for (const name of path.split('.')) at = at && use(at, name);
    if (at === undefined) throw new RangeError(`There is no ${path} in ${root.type}.`);
  }
  return root;
}

const quoted = (name: string): string => `"${name}"`;

/** The SQL type of an element with the members that are used, in a fixed order. */
export function sqlType({ type, many, members }: Used): string {
  const inner = [...members]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, used]) => `${quoted(name)} ${sqlType(used)}`);
  const one = inner.length === 0 ? leafType(type) : `STRUCT(${inner.join(', ')})`;
  return many ? `${one}[]` : one;
}

/** The same as DuckDB’s `from_json` is told it. */
export function jsonStructure({ type, many, members }: Used): string {
  const inner = [...members].map(([name, used]) => `"${name}":${jsonStructure(used)}`);
  const one = inner.length === 0 ? `"${leafType(type)}"` : `{${inner.join(',')}}`;
  return many ? `[${one}]` : one;
}

/** A type of which no member is used is only looked at for being there. */
const leafType = (type: TypeName | Leaf): string =>
  type === 'VARCHAR' || type === 'DOUBLE' || type === 'BOOLEAN' ? type : 'JSON';
