import type { Table } from '#src/domain/tables/column.ts';
import { columnTypes } from './typed-row.ts';

/** Later versions first; where neither version nor time tells, the retracted one is the later. */
const NEWEST = `version DESC NULLS LAST, updated_at DESC NULLS LAST`;
const retracted = (hasStatus: boolean): string =>
  hasStatus ? `, CASE WHEN status = 'entered-in-error' THEN 0 ELSE 1 END` : '';

const restOf = (from: string, several: string, key: string, last: string): string =>
  `SELECT * FROM ${from} WHERE ${key} NOT IN (SELECT ${key} FROM ${several})
   UNION ALL BY NAME SELECT * EXCLUDE (nth) FROM (${last}) WHERE nth = 1`;

/** Keys that several rows share: mostly few, so that few rows are put in order. */
export const severalOf = (from: string, key: string): string =>
  `SELECT ${key} FROM ${from} GROUP BY ${key} HAVING count(*) > 1`;

/** The last version of each resource (`lastVersions`). @param several their places, where there are some. */
export const lastVersions = (
  from: string,
  several: string,
  { hasStatus = true, part = [] }: { hasStatus?: boolean; part?: readonly string[] } = {},
): string =>
  restOf(
    from,
    several,
    'place',
    `SELECT *, row_number() OVER (PARTITION BY ${['place', ...part].join(', ')}
      ORDER BY ${NEWEST}${retracted(hasStatus)}) AS nth FROM ${from} WHERE place IN (SELECT place FROM ${several})`,
  );

/** Where one resource makes several rows: all of its last version, each once (`rowsOfLastVersions`). */
export const rowsOfLastVersions = (from: string, several: string): string =>
  restOf(
    from,
    several,
    'place',
    `SELECT DISTINCT *, dense_rank() OVER (PARTITION BY place ORDER BY ${NEWEST}${retracted(true)}) AS nth
      FROM ${from} WHERE place IN (SELECT place FROM ${several})`,
  );

/** One of the copies that share an identifier: a valid one, then the fullest (`oneOfCopies`). */
export function oneOfCopies(table: Table, from: string, several: string, id: string): string {
  const filled = columnTypes(table)
    .map(([name]) => `CASE WHEN "${name}" IS NULL THEN 0 ELSE 1 END`)
    .join(' + ');
  return restOf(
    from,
    several,
    id,
    `SELECT *, row_number() OVER (PARTITION BY ${id} ORDER BY
        CASE WHEN status = 'entered-in-error' THEN 1 ELSE 0 END, ${filled} DESC, place) AS nth
      FROM ${from} WHERE ${id} IN (SELECT ${id} FROM ${several})`,
  );
}
