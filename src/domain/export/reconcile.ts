import type { SourcedTables } from '#src/domain/tables/derive/sourced.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import type { WrittenTable } from './datapackage.ts';

/** What one search of a server gave. */
export interface SearchCount {
  readonly type: string;
  /** Resources that came. */
  readonly read: number;
  /** How many the server said there are; null where it did not say. */
  readonly total: number | null;
}

/** Rows by table as resources gave them: copies and earlier versions are rows of their own. */
export type FoundRows = Readonly<Record<string, number>>;

export const foundRows = (read: SourcedTables): FoundRows =>
  Object.fromEntries(
    Object.keys(TABLES).flatMap((name) => {
      const rows: unknown = Reflect.get(read, name);
      return Array.isArray(rows) ? [[name, rows.length]] : [];
    }),
  );

/**
 * What was read, held against what the server says it has and against what was written. `read` above
 * `written`: copies, earlier versions, rows outside of a period; below: rows that rules made.
 */
export function reconciled(
  searched: readonly SearchCount[] | undefined,
  found: FoundRows | undefined,
  tables: readonly WrittenTable[],
): object {
  const rows = tables.flatMap(({ table, rows: written }) => {
    const read = found?.[table.name];
    return read === undefined ? [] : [[table.name, { read, written }]];
  });
  return {
    ...(searched && { server: verdict(searched), searches: searched.map(plain) }),
    ...(rows.length > 0 && { rows: Object.fromEntries(rows) }),
  };
}

/** Where more or less came than the server says there is; in words with the cure. */
export const mismatches = (searched: readonly SearchCount[]): readonly string[] =>
  searched
    .filter(({ read, total }) => total !== null && total !== read)
    .map(
      ({ type, read, total }) =>
        `${type}: the server says that it has ${total}, and ${read} came. If nobody writes at this moment, do it again.`,
    );

/** `gap` and whatever else a search knows stays out. */
const plain = ({ type, read, total }: SearchCount): SearchCount => ({ type, read, total });

function verdict(searched: readonly SearchCount[]): string {
  const differs = searched.filter(({ read, total }) => total !== null && total !== read);
  if (differs.length > 0)
    return `differs: ${[...new Set(differs.map(({ type }) => type))].join(', ')}`;
  return searched.every(({ total }) => total !== null)
    ? 'agrees: it has as many as were read'
    : 'did not say of all types how many it has';
}
