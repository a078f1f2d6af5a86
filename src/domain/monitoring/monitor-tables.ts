import { aggregate, entryOf } from '#src/domain/aggregates/aggregates.ts';
import { missing } from '#src/domain/metrics/catalogue.ts';
import { type FactOptions, factsOf } from '#src/domain/metrics/facts/facts.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { knownThen } from './known-then.ts';
import { type MonitorOptions, monitor } from './monitor.ts';
import type { Signal } from './signal.ts';
import { MONITORING_VIEWS } from './views.ts';

export interface Monitored {
  readonly signals: readonly Signal[];
  /** Views whose tables are not there: what they would have shown, nobody knows. */
  readonly notWatched: readonly string[];
  /** Rows that came after their week had been read, and are left out of it. */
  readonly late: number;
}

/** What looking at these tables every week would have raised until `asOf`. */
export function monitorTables(
  tables: Tables,
  facts: FactOptions,
  options: MonitorOptions,
): Monitored {
  const isThere = ({ metric }: (typeof MONITORING_VIEWS)[number]) =>
    missing(entryOf(metric), tables).length === 0;
  const known = knownThen(tables);
  const counted = aggregate(factsOf(known.tables, facts), MONITORING_VIEWS.filter(isThere));
  return {
    signals: monitor(counted, options),
    notWatched: MONITORING_VIEWS.filter((view) => !isThere(view)).map(
      ({ name, metric }) => `${name} (${missing(entryOf(metric), tables).join(', ')})`,
    ),
    late: known.late,
  };
}
