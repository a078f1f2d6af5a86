import type { View, ViewColumn } from '#src/fhir/views/view.ts';
import { type Compiler, compiler } from '../fhirpath/compile.ts';
import { isType } from '../fhirpath/elements.ts';
import { type Used, use } from '../fhirpath/used.ts';

/** A column of several values where one is allowed; the specification makes that an error too. */
export class ManyValuesError extends Error {
  constructor(column: ViewColumn) {
    super(`The path of ${column.name} may give several values, and the column is no collection.`);
    this.name = 'ManyValuesError';
  }
}

function columnSql(column: ViewColumn, paths: Compiler): string {
  const { sql, many } = paths.value(column.path);
  if (many && !column.collection) return `(${onlyOne(sql)}) AS "${column.name}"`;
  return `(${many ? `nullif(${sql}, [])` : sql}) AS "${column.name}"`;
}

/** One value or none; two of them are an error of the data that must not be hidden. */
const onlyOne = (list: string): string =>
  `CASE WHEN len(${list}) > 1 THEN error('several values, one expected') ELSE (${list})[1] END`;

/**
 * The SELECT of a view, as SQL-on-FHIR v2 defines it: `where` must be true, `forEach` makes a row of each
 * element. @param from a relation whose columns are the elements of the resource.
 * @param used takes down which elements the view reads.
 */
export function viewSql(view: View, from: string, used: Used): string {
  const whole = compiler(used);
  const columns: string[] = [];
  const relations: string[] = [];
  for (const select of view.select) {
    if (select.forEach === undefined) {
      columns.push(...select.column.map((column) => columnSql(column, whole)));
      continue;
    }
    const at = use(used, select.forEach);
    if (at === undefined || !isType(at.type)) throw new RangeError(`No element ${select.forEach}.`);
    const each = compiler(at, 'one');
    columns.push(...select.column.map((column) => columnSql(column, each)));
    relations.push(`unnest("${select.forEach}") AS every(one)`);
  }
  const conditions = view.where.map((path) => `(${whole.value(path).sql})`);
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`;
  const keys = [...whole.keys].map(([sql, name]) => `, ${sql} AS ${name}`).join('');
  const source = keys === '' ? from : `(SELECT *${keys} FROM ${from})`;
  return `SELECT\n  ${columns.join(',\n  ')}\nFROM ${[source, ...relations].join(', ')}${where}`;
}

/** One pass over a source for several views of it. */
export interface Scan {
  /** A row for each resource: every cell that a view asks for once, and `is_<view>`. */
  readonly sql: string;
  /** By name of the view, its SELECT out of the table that `sql` made. */
  readonly views: ReadonlyMap<string, (table: string) => string>;
}

/**
 * The views of one type together, flat: what stands nested is read and taken apart once, and never kept.
 * @param always columns of the source that are kept beside, as SQL with a name.
 */
export function scanSql(
  all: readonly View[],
  from: string,
  used: Used,
  always: readonly string[],
): Scan {
  const whole = compiler(used);
  const cells = new Map<string, string>();
  const cell = (sql: string): string => {
    const name = cells.get(sql) ?? `cell_${cells.size + 1}`;
    cells.set(sql, name);
    return name;
  };
  const views = new Map<string, (table: string) => string>();
  for (const { name, select, where } of all) {
    const columns = select.flatMap(({ column, forEach }) => {
      if (forEach !== undefined) throw new RangeError(`${name} makes several rows of a resource.`);
      return column.map((one) => {
        const { sql, many } = whole.value(one.path);
        // A row that is no row of this view is read too, and must not fail.
        if (many && !one.collection) throw new ManyValuesError(one);
        return `${cell(many ? `nullif(${sql}, [])` : sql)} AS "${one.name}"`;
      });
    });
    const is = cell(
      where.map((path) => `coalesce((${whole.value(path).sql}), false)`).join(' AND '),
    );
    views.set(name, (table) => `SELECT ${columns.join(', ')} FROM ${table} WHERE ${is}`);
  }
  const given = [...cells].map(([sql, name]) => `${sql} AS ${name}`);
  const keys = [...whole.keys].map(([sql, name]) => `, ${sql} AS ${name}`).join('');
  return {
    sql: `SELECT ${[...always, ...given].join(',\n  ')}\nFROM (SELECT *${keys} FROM ${from})`,
    views,
  };
}
