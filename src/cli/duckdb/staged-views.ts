import {
  STAGED_NAMES,
  type StagedName,
  stagedColumns,
  typedTable,
} from '#src/sql/tables/staging.ts';
import type { Database } from './database.ts';

/** Empty tables for what TypeScript reads. */
export async function typedTables(db: Database): Promise<void> {
  for (const name of STAGED_NAMES) {
    const columns = stagedColumns(name).map(([column, type]) => `"${column}" ${type}`);
    await db.run(`CREATE TABLE ${typedTable(name)} (${columns.join(', ')})`);
  }
}

/**
 * `read_<name>`: what both engines read. @param selects what SQL reads, in the same columns.
 * @param asOf epoch ms: what the servers stored later is not known yet (`known-at.ts`).
 */
export async function stagedView(
  db: Database,
  name: StagedName,
  selects: readonly string[],
  asOf: number | undefined,
): Promise<void> {
  const rows = [`SELECT * FROM ${typedTable(name)}`, ...selects].join(' UNION ALL BY NAME ');
  const stored = name === 'unread' ? 'recorded_at' : 'updated_at';
  const known = asOf === undefined ? '' : ` WHERE NOT coalesce(${stored} > ${asOf}, false)`;
  await db.run(`CREATE VIEW read_${name} AS SELECT * FROM (${rows})${known}`);
}
