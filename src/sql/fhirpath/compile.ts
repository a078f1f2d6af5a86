import { type Path, parsePath } from './syntax.ts';
import { type Used, use } from './used.ts';

/** SQL of a path: of one value, or of a list without nulls (SQL null: nothing there). */
interface Sql {
  readonly sql: string;
  readonly many: boolean;
  /** Where it stands in the tree of elements; undefined for what is computed. */
  readonly at: Used | undefined;
  /** Those elements of a list, or one member of them, that go by a key which is worked out once. */
  readonly keyed?: Keyed;
}

/** `member`: what is taken of each element, such as `."valueString"`; one value, or nothing. */
interface Keyed {
  readonly list: string;
  readonly keys: string;
  readonly key: string;
  readonly member: string;
}

/** A path that cannot be said in SQL. */
export class UnsupportedPathError extends Error {
  constructor(what: string) {
    super(`${what} is no part of the FHIRPath that these views may use.`);
    this.name = 'UnsupportedPathError';
  }
}

export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const literal = (value: string | number | boolean): string =>
  typeof value === 'string' ? text(value) : String(value);

export interface Compiler {
  value(path: string): Sql;
  /** Lists that many paths look into, with their names: to be worked out once for each row. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Compiles paths from one place of a resource, and remembers in `root` which elements they use. */
export function compiler(root: Used, start = ''): Compiler {
  let names = 0;
  const keys = new Map<string, string>();

  function member(of: Sql, name: string): Sql {
    if (of.at === undefined) throw new UnsupportedPathError(`“${name}” of what is computed`);
    const at = use(of.at, name);
    if (at === undefined) throw new UnsupportedPathError(`“${name}” of ${of.at.type}`);
    const from = of.sql;
    if (!of.many) return { sql: `${from === '' ? '' : `${from}.`}"${name}"`, many: at.many, at };
    const item = fresh();
    const each = `list_transform(${from}, lambda ${item}: ${item}."${name}")`;
    if (of.keyed !== undefined) return ofKeyed(of.keyed, name, at);
    if (at.many) return { sql: `flatten(${withoutNulls(each)})`, many: true, at };
    return { sql: withoutNulls(each), many: true, at };
  }

  /** Of elements that go by a key only the member is filtered: a filter copies all that stands in its list. */
  function ofKeyed(of: Keyed, name: string, at: Used): Sql {
    const keyed = { ...of, member: `${of.member}."${name}"` };
    const all = once(`list_transform(${of.list}, lambda each: each${keyed.member})`);
    const [item, nth] = [fresh(), fresh()];
    const some = `list_filter(${all}, lambda ${item}, ${nth}: ${of.keys}[${nth}] = ${of.key} AND ${item} IS NOT NULL)`;
    const found = ifThere(of, at.many ? `flatten(${some})` : some);
    return { sql: found, many: true, at, ...(!at.many && { keyed }) };
  }

  /** Most rows lack most of them, and a list that is not there is gone through for nothing. */
  const ifThere = ({ keys, key }: Keyed, list: string): string =>
    `CASE WHEN list_contains(${keys}, ${key}) THEN ${list} END`;

  const fresh = (): string => `x${++names}`;

  function withoutNulls(list: string): string {
    const item = fresh();
    return `list_filter(${list}, lambda ${item}: ${item} IS NOT NULL)`;
  }

  const listOf = ({ sql, many }: Sql): string => (many ? sql : `[${sql}]`);

  /** A list that many columns look into, by its name. */
  function once(list: string): string {
    const name = keys.get(list) ?? `keys_${keys.size + 1}`;
    keys.set(list, name);
    return name;
  }

  /** `component.where(code … = 'x')` stands in a dozen columns: the code of each is looked up once. */
  function byKey(of: Sql, condition: Path): Sql | undefined {
    if (start !== '' || !of.many || !/^"\w+"$/.test(of.sql)) return undefined;
    if (condition.kind !== 'binary' || condition.operator !== '=') return undefined;
    if (condition.right.kind !== 'literal') return undefined;
    const each = { sql: 'each', many: false, at: of.at && { ...of.at, many: false } };
    const before = names;
    names = 1_000;
    const list = `list_transform(${of.sql}, lambda each: ${compile(condition.left, each).sql})`;
    names = before;
    const name = once(list);
    const [item, nth] = [fresh(), fresh()];
    const keyed = { list: of.sql, keys: name, key: literal(condition.right.value), member: '' };
    const some = `list_filter(${of.sql}, lambda ${item}, ${nth}: ${name}[${nth}] = ${keyed.key})`;
    return { sql: ifThere(keyed, some), many: true, at: of.at, keyed };
  }

  /** The first is found by its place; only where it lacks the member are the others looked at. */
  function firstByKey({ sql, at }: Sql, { list, keys, key, member }: Keyed): Sql {
    const place = `list_position(${keys}, ${key})`;
    if (member === '') return { sql: `${list}[${place}]`, many: false, at: at };
    const first = `${once(`list_transform(${list}, lambda each: each${member})`)}[${place}]`;
    const found = `CASE WHEN ${place} IS NULL THEN NULL ELSE coalesce(${first}, (${sql})[1]) END`;
    return { sql: found, many: false, at: at };
  }

  function where(of: Sql, condition: Path): Sql {
    const keyed = byKey(of, condition);
    if (keyed !== undefined) return keyed;
    const item = fresh();
    const here: Sql = { sql: item, many: false, at: of.at && { ...of.at, many: false } };
    const test = compile(condition, here).sql;
    return {
      sql: `list_filter(${listOf(of)}, lambda ${item}: ${test})`,
      many: true,
      at: of.at,
    };
  }

  function call(of: Sql, name: string, args: readonly Path[]): Sql {
    const [first] = args;
    const computed = (sql: string): Sql => ({ sql, many: false, at: undefined });
    switch (name) {
      case 'where':
        if (first !== undefined) return where(of, first);
        break;
      case 'first':
        if (!of.many) return of;
        if (of.keyed !== undefined) return firstByKey(of, of.keyed);
        return { sql: `(${of.sql})[1]`, many: false, at: of.at };
      case 'exists':
        return computed(of.many ? `coalesce(len(${of.sql}), 0) > 0` : `${of.sql} IS NOT NULL`);
      case 'not':
        return computed(`NOT (${of.sql})`);
      case 'extension':
        if (first !== undefined)
          return where(member(of, 'extension'), {
            kind: 'binary',
            operator: '=',
            left: { kind: 'member', of: undefined, name: 'url' },
            right: first,
          });
        break;
      default:
    }
    throw new UnsupportedPathError(`${name}() with ${args.length} arguments`);
  }

  /** `value.ofType(Coding)` stands in JSON as `valueCoding`. */
  function choice(path: Path, here: Sql): Sql | undefined {
    if (path.kind !== 'call' || path.name !== 'ofType') return undefined;
    const [type] = path.args;
    if (path.of?.kind !== 'member' || type?.kind !== 'member')
      throw new UnsupportedPathError('ofType() of no element');
    const holder = path.of.of === undefined ? here : compile(path.of.of, here);
    return member(holder, `${path.of.name}${type.name[0]?.toUpperCase()}${type.name.slice(1)}`);
  }

  function binary(path: Extract<Path, { kind: 'binary' }>, here: Sql): Sql {
    const [left, right] = [compile(path.left, here), compile(path.right, here)];
    if (path.operator === '|')
      return {
        sql: withoutNulls(`list_concat(${listOf(left)}, ${listOf(right)})`),
        many: true,
        at: left.at,
      };
    if (path.operator === '=' || path.operator === '!=') {
      if (left.many || right.many)
        throw new UnsupportedPathError(`${path.operator} of several values`);
      return { sql: `${left.sql} ${path.operator} ${right.sql}`, many: false, at: undefined };
    }
    const word = path.operator.toUpperCase();
    return { sql: `((${left.sql}) ${word} (${right.sql}))`, many: false, at: undefined };
  }

  function compile(path: Path, here: Sql): Sql {
    const chosen = choice(path, here);
    if (chosen !== undefined) return chosen;
    switch (path.kind) {
      case 'literal':
        return { sql: literal(path.value), many: false, at: undefined };
      case 'binary':
        return binary(path, here);
      case 'member':
        return member(path.of === undefined ? here : compile(path.of, here), path.name);
      case 'call':
        return call(path.of === undefined ? here : compile(path.of, here), path.name, path.args);
    }
  }

  return {
    value(path) {
      // The same path is the same text, so that it is worked out once.
      names = 0;
      return compile(parsePath(path), { sql: start, many: false, at: root });
    },
    keys,
  };
}
