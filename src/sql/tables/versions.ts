import type { Table } from '#src/domain/tables/column.ts';
import { columnTypes } from './typed-row.ts';

/** Later versions first; where neither version nor time tells, the retracted one is the later. */
const NEWEST = `version DESC NULLS LAST, updated_at DESC NULLS LAST`;
const retracted = (hasStatus: boolean): string =>
  hasStatus ? `, CASE WHEN status = 'entered-in-error' THEN 0 ELSE 1 END` : '';

/** The last version of each resource (`lastVersions`). @param tie a last resort, so that the order is total. */
export const lastVersions = (
  from: string,
  { hasStatus = true, part = [] }: { hasStatus?: boolean; part?: readonly string[] } = {},
): string => `SELECT * EXCLUDE (nth) FROM (
  SELECT *, row_number() OVER (PARTITION BY ${['place', ...part].join(', ')}
    ORDER BY ${NEWEST}${retracted(hasStatus)}) AS nth FROM ${from}) WHERE nth = 1`;

/** Where one resource makes several rows: all of its last version, each once (`rowsOfLastVersions`). */
export const rowsOfLastVersions = (from: string): string => `SELECT DISTINCT * EXCLUDE (nth) FROM (
  SELECT *, dense_rank() OVER (PARTITION BY place ORDER BY ${NEWEST}${retracted(true)}) AS nth
  FROM ${from}) WHERE nth = 1`;

/** One of the copies that share an identifier: a valid one, then the fullest (`oneOfCopies`). */
export function oneOfCopies(table: Table, from: string, id: string): string {
  const filled = columnTypes(table)
    .map(([name]) => `CASE WHEN "${name}" IS NULL THEN 0 ELSE 1 END`)
    .join(' + ');
  return `SELECT * EXCLUDE (nth) FROM (
  SELECT *, row_number() OVER (PARTITION BY ${id} ORDER BY
    CASE WHEN status = 'entered-in-error' THEN 1 ELSE 0 END, ${filled} DESC, place) AS nth
  FROM ${from}) WHERE nth = 1`;
}
