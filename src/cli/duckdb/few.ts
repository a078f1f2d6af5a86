import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import type { TableName, TableRow, Tables } from '#src/domain/tables/schema.ts';

/** Tables that have few rows in any hospital: TypeScript derives them, also for this engine. */
export const FEW = ['models', 'changes', 'reviews', 'incidents'] as const;
type FewName = Extract<TableName, (typeof FEW)[number]>;
export type Few = { readonly [N in FewName]: Sourced<TableRow<N>>[] };

export const noFew = (): Few => ({ models: [], changes: [], reviews: [], incidents: [] });

export function deriveFew(few: Few, settings: TableSettings): Required<Pick<Tables, FewName>> {
  const rest = { scores: [], recommendations: [], exposures: [], decisions: [] };
  const more = { outcomes: [], encounters: [], unread: [], patients: [] };
  const {
    models = [],
    changes = [],
    reviews = [],
    incidents = [],
  } = deriveTables({ ...rest, ...more, ...few }, settings);
  return { models, changes, reviews, incidents };
}
