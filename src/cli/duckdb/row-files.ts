import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '#src/domain/problem.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { type FlowsheetCell, toFlowsheetDecisions } from '#src/fhir/tables/flowsheet-rows.ts';
import { readRows } from '#src/fhir/tables/read-rows.ts';
import type { PreparedContext } from '#src/fhir/tables/table-context.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import { type StagedName, stagedColumns, typedTable } from '#src/sql/tables/staging.ts';
import type { Database } from './database.ts';
import { type Few, noFew } from './few.ts';

const CHUNK = 1 << 20;

/** Rows that `fhir/tables` reads, on their way into the database: by file, so that millions may come. */
export interface RowFiles {
  add(resource: unknown): Promise<void>;
  /** Appends what came since the last time to the `typed_` tables. */
  load(db: Database): Promise<void>;
  /** What is few enough to be held. */
  readonly few: Few;
  readonly problems: readonly Problem[];
}

const flat = ({ row, place, version, updatedAt }: Sourced<object>): object => ({
  ...row,
  place,
  version,
  updated_at: updatedAt,
});

export function rowFiles(folder: string, context: PreparedContext): RowFiles {
  const files = new Map<StagedName, { out: WriteStream; path: string; waiting: string }>();
  const cells: Sourced<FlowsheetCell>[] = [];
  const problems: Problem[] = [];
  const few = noFew();

  async function put(name: StagedName, row: object): Promise<void> {
    let file = files.get(name);
    if (file === undefined) {
      const path = join(folder, `read-${name}.ndjson`);
      file = { path, out: createWriteStream(path), waiting: '' };
      files.set(name, file);
    }
    file.waiting += `${JSON.stringify(row)}\n`;
    if (file.waiting.length < CHUNK) return;
    const { waiting, out } = file;
    file.waiting = '';
    if (!out.write(waiting)) await once(out, 'drain');
  }

  async function add(resource: unknown): Promise<void> {
    const rows = readRows(resource, context);
    for (const one of rows.scores ?? []) await put('scores', flat(one));
    for (const { actionOf, replaces, identifiers, ...one } of rows.recommendations ?? [])
      await put('recommendations', { ...flat(one), replaces, identifiers, action_of: actionOf });
    for (const one of rows.exposures ?? []) await put('exposures', flat(one));
    for (const one of rows.decisions ?? []) await putDecision(one);
    for (const one of rows.outcomes ?? []) await put('outcomes', flat(one));
    for (const one of rows.encounters ?? []) await put('encounters', flat(one));
    for (const one of rows.patients ?? []) await put('patients', flat(one));
    for (const one of rows.unread ?? [])
      await put('unread', {
        place: one.place,
        identifier: one.identifier,
        replaces_id: one.replacesId,
        replaces_place: one.replacesPlace,
        decided_at: one.decidedAt,
        recorded_at: one.recordedAt,
      });
    few.models.push(...(rows.models ?? []));
    few.changes.push(...(rows.changes ?? []));
    few.reviews.push(...(rows.reviews ?? []));
    few.incidents.push(...(rows.incidents ?? []));
    cells.push(...(rows.flowsheet ?? []));
    problems.push(...(rows.problems ?? []));
  }

  const putDecision = ({
    replacesPlace,
    replacesSome,
    ...one
  }: ReturnType<typeof toFlowsheetDecisions>[number]) =>
    put('decisions', {
      ...flat(one),
      replaces_place: replacesPlace,
      replaces_some: replacesSome,
    });

  async function load(db: Database): Promise<void> {
    for (const one of toFlowsheetDecisions(cells.splice(0))) await putDecision(one);
    for (const [name, { out, waiting, path }] of files) {
      out.end(waiting);
      await once(out, 'finish');
      const columns = stagedColumns(name).map(([column, type]) => `${text(column)}: ${text(type)}`);
      const names = stagedColumns(name).map(([column]) => `"${column}"`);
      await db.run(`INSERT INTO ${typedTable(name)} SELECT ${names.join(', ')} FROM read_json(${text(path)},
        format = 'newline_delimited', maximum_object_size = 67108864, columns = {${columns.join(', ')}})`);
    }
    files.clear();
  }
  return { add, load, few, problems };
}
