import type { Problem } from '#src/domain/problem.ts';
import type { Sourced, SourcedTables } from '#src/domain/tables/derive/sourced.ts';
import { type FlowsheetCell, toFlowsheetDecisions } from './flowsheet-rows.ts';
import { readRows } from './read-rows.ts';
import { prepareContext, type TableContext } from './table-context.ts';

export interface ReadTables {
  readonly read: SourcedTables;
  readonly problems: readonly Problem[];
}

type Collected = { -readonly [K in keyof SourcedTables]: SourcedTables[K][number][] };

const empty = (): Collected => ({
  scores: [],
  recommendations: [],
  exposures: [],
  decisions: [],
  outcomes: [],
  encounters: [],
  reviews: [],
  models: [],
  changes: [],
  incidents: [],
  unread: [],
  patients: [],
});

/** One by one: a call has room for some thousand arguments, and rows come by the million. */
function append<T>(to: T[], from: readonly T[] | undefined): void {
  if (from !== undefined) for (const one of from) to.push(one);
}

function add(all: Collected, rows: Partial<SourcedTables>): void {
  append(all.scores, rows.scores);
  append(all.recommendations, rows.recommendations);
  append(all.exposures, rows.exposures);
  append(all.decisions, rows.decisions);
  append(all.outcomes, rows.outcomes);
  append(all.encounters, rows.encounters);
  append(all.reviews, rows.reviews);
  append(all.models, rows.models);
  append(all.changes, rows.changes);
  append(all.incidents, rows.incidents);
  append(all.unread, rows.unread);
  append(all.patients, rows.patients);
}

/** Takes the resources of one server one by one, in any order; none of them is kept. */
export interface TableReader {
  add(resource: unknown): void;
  /** What all of them gave. `deriveTables` makes the tables of it. */
  done(): ReadTables;
}

export function tableReader(context: TableContext): TableReader {
  const prepared = prepareContext(context);
  const all = empty();
  const cells: Sourced<FlowsheetCell>[] = [];
  const problems: Problem[] = [];
  return {
    add(resource) {
      const rows = readRows(resource, prepared);
      add(all, rows);
      append(cells, rows.flowsheet);
      append(problems, rows.problems);
    },
    done() {
      append(all.decisions, toFlowsheetDecisions(cells));
      return { read: all, problems };
    },
  };
}

/** Everything that resources of one server give, in any order. `deriveTables` makes the tables of it. */
export function readTables(resources: Iterable<unknown>, context: TableContext): ReadTables {
  const reader = tableReader(context);
  for (const resource of resources) reader.add(resource);
  return reader.done();
}

/** What several servers gave, each read with the same `issuer`: the EHR’s chart, the hospital’s store. */
export function readTogether(parts: readonly SourcedTables[]): SourcedTables {
  const all = empty();
  for (const part of parts) add(all, part);
  return all;
}
