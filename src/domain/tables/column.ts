/**
 * How a value stands in a row. `instant`: whole milliseconds since 1970-01-01T00:00:00Z, so that every
 * engine compares the same integers; the offset that was sent stands in a column of its own. `date`:
 * `YYYY-MM-DD` of a local calendar. `code`: a word of a closed list (`values`) or of a code system.
 */
export type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'instant' | 'date' | 'code';

/**
 * What a column can tell about a person (standards-and-vendors A10). `direct`: identifies by itself,
 * a clinician too; `quasi`: with others; `date`: a service date or time; `text`: typed by somebody, may
 * hold anything; `none`: safe in every export.
 */
export type Privacy = 'direct' | 'quasi' | 'date' | 'text' | 'none';

export interface Column {
  readonly type: ColumnType;
  /** One sentence for a researcher, and what null means where it may stand. */
  readonly description: string;
  readonly nullable?: true;
  /** UCUM; absent where the value has no unit. */
  readonly unit?: string;
  /** The only words allowed. */
  readonly values?: readonly string[];
  /** Inclusive limits of a number. */
  readonly min?: number;
  readonly max?: number;
  /** `table.column` that it points to. Nothing is promised about a row that was never sent. */
  readonly references?: `${string}.${string}`;
  /** Where it is read from in FHIR R4, or how it is made from other rows. */
  readonly source: string;
  /** The same thing in a standard or in another tool. */
  readonly term?: string;
  readonly privacy: Privacy;
  /** Follows from other rows or from the site's settings: `derive-tables.ts` fills it, no resource holds it. */
  readonly derived?: true;
  /** Of an instant: Parquet says no zone, for a tool that takes none. It is UTC all the same. */
  readonly zoneless?: true;
}

/** In the order of the exported file. */
export type Columns = Readonly<Record<string, Column>>;

export interface Table {
  readonly name: string;
  /** What one row is. */
  readonly grain: string;
  readonly description: string;
  readonly key: readonly string[];
  readonly columns: Columns;
}

/** Keeps the literal types, from which the row's type follows. */
export const defineColumns = <const C extends Columns>(columns: C): C => columns;
export const defineTable = <const T extends Table>(table: T): T => table;

type Value<C extends Column> = C extends { readonly values: readonly (infer Word)[] }
  ? Word
  : C['type'] extends 'integer' | 'number' | 'instant'
    ? number
    : C['type'] extends 'boolean'
      ? boolean
      : string;

type Nullable<T extends Table> = {
  [K in keyof T['columns']]: T['columns'][K] extends { readonly nullable: true } ? K : never;
}[keyof T['columns']];

/** One row: every column is there, null where nothing is known. */
export type RowOf<T extends Table> = {
  readonly [K in keyof T['columns']]: K extends Nullable<T>
    ? Value<T['columns'][K]> | null
    : Value<T['columns'][K]>;
};

/** A row as it is written down in code: what may be null may be left out. */
export type RowInput<T extends Table> = {
  readonly [K in Exclude<keyof T['columns'], Nullable<T>>]: Value<T['columns'][K]>;
} & {
  readonly [K in Nullable<T>]?: Value<T['columns'][K]> | null | undefined;
};

/** Fills what was left out with null, in the order of the columns, so that all rows have one shape. */
export function makeRow<T extends Table>(table: T, given: RowInput<T>): RowOf<T>;
export function makeRow(
  table: Table,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const name of Object.keys(table.columns)) row[name] = given[name] ?? null;
  return row;
}
