import type { Column, ColumnType, Table } from '#src/domain/tables/column.ts';

/** A file of a package, as it was written. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface WrittenTable {
  readonly table: Table;
  readonly rows: number;
  /** The first is what the schema describes to the letter. */
  readonly files: readonly (WrittenFile & { readonly format: string })[];
}

const MEDIA_TYPE: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
};

/** An instant carries its own offset, which Table Schema's default format does not allow. */
const TYPE: Readonly<Record<ColumnType, { readonly type: string; readonly format?: string }>> = {
  string: { type: 'string' },
  code: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  instant: { type: 'datetime', format: 'any' },
  date: { type: 'date' },
};

const fieldOf = (name: string, column: Column, isKey: boolean): object => {
  const { type, min, max, nullable, values, unit, privacy, term, source, description } = column;
  const constraints = {
    ...(!nullable && { required: true }),
    ...(isKey && { unique: true }),
    ...(values && { enum: values }),
    ...(min !== undefined && { minimum: min }),
    ...(max !== undefined && { maximum: max }),
  };
  return {
    name,
    ...TYPE[type],
    ...(type === 'boolean' && { trueValues: ['true'], falseValues: ['false'] }),
    description,
    ...(Object.keys(constraints).length > 0 && { constraints }),
    ...(unit !== undefined && { unit }),
    source,
    ...(term !== undefined && { term }),
    privacy,
  };
};

/** Foreign keys to tables that are in the package, composite ones together. */
function foreignKeys(table: Table, there: ReadonlyMap<string, Table>): readonly object[] {
  const byTarget = new Map<string, [own: string, other: string][]>();
  for (const [name, { references }] of Object.entries(table.columns)) {
    const [target = '', column = ''] = references?.split('.') ?? [];
    if (there.get(target)?.columns[column] === undefined) continue;
    // Two references to one column are two keys: an answer, and the answer that it replaces.
    const same = [...byTarget.keys()].filter((key) => key.startsWith(`${target} `));
    const free = same.find((key) => !byTarget.get(key)?.some(([, other]) => other === column));
    const key = free ?? `${target} ${same.length}`;
    byTarget.set(key, [...(byTarget.get(key) ?? []), [name, column]]);
  }
  return [...byTarget]
    .map(([key, pairs]) => ({ target: key.split(' ')[0] ?? '', pairs }))
    .filter(({ target, pairs }) => there.get(target)?.key.length === pairs.length)
    .map(({ target, pairs }) => ({
      fields: pairs.map(([own]) => own),
      reference: {
        // Table Schema: a reference to the table itself is empty.
        resource: target === table.name ? '' : target,
        fields: pairs.map(([, other]) => other),
      },
    }));
}

/** A Frictionless Table Schema: types, lists, missing values and keys from the one schema. */
export const tableSchema = (table: Table, there: ReadonlyMap<string, Table>): object => {
  const keys = foreignKeys(table, there);
  return {
    fields: Object.entries(table.columns).map(([name, column]) =>
      fieldOf(name, column, table.key.length === 1 && table.key[0] === name),
    ),
    missingValues: [''],
    primaryKey: table.key,
    ...(keys.length > 0 && { foreignKeys: keys }),
  };
};

/** `datapackage.json` (Data Package 1.0). A reference may lead to a row that was never sent. */
export function datapackage(
  tables: readonly WrittenTable[],
  about: { readonly name: string; readonly title: string; readonly version: string },
): object {
  const there = new Map(tables.map(({ table }) => [table.name, table]));
  return {
    profile: 'data-package',
    ...about,
    resources: tables.flatMap(({ table, rows, files }) =>
      files.map(({ path, format, bytes, sha256 }, at) => ({
        profile: format === 'csv' ? 'tabular-data-resource' : 'data-resource',
        name: at === 0 ? table.name : `${table.name}.${format}`,
        path,
        format,
        mediatype: MEDIA_TYPE[format],
        encoding: 'utf-8',
        description: `One row: ${table.grain}. ${table.description}`,
        bytes,
        hash: `sha256:${sha256}`,
        rows,
        ...(format === 'csv' && {
          dialect: { delimiter: ',', doubleQuote: true, lineTerminator: '\r\n', header: true },
        }),
        schema: tableSchema(table, there),
      })),
    ),
  };
}
