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
