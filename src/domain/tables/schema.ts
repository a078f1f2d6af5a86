import { CHANGES } from './changes.ts';
import type { RowOf } from './column.ts';
import { DECISIONS } from './decisions.ts';
import { ENCOUNTERS } from './encounters.ts';
import { EXPOSURES } from './exposures.ts';
import { INCIDENTS } from './incidents.ts';
import { MODELS } from './models.ts';
import { OUTCOMES } from './outcomes.ts';
import { RECOMMENDATIONS } from './recommendations.ts';
import { REVIEWS } from './reviews.ts';
import { SCORES } from './scores.ts';
import { SHIFTS } from './shifts.ts';

/** Rises when a column is added, renamed or changes its meaning; exports carry it. */
export const SCHEMA_VERSION = 1;

/**
 * The flat tables (fhir-contract.md): the one schema from which the row types, the checks, the data
 * dictionary and the column lists of other engines follow.
 */
export const TABLES = {
  scores: SCORES,
  recommendations: RECOMMENDATIONS,
  exposures: EXPOSURES,
  decisions: DECISIONS,
  outcomes: OUTCOMES,
  encounters: ENCOUNTERS,
  shifts: SHIFTS,
  reviews: REVIEWS,
  models: MODELS,
  changes: CHANGES,
  incidents: INCIDENTS,
} as const;

export type TableName = keyof typeof TABLES;
export type TableRow<N extends TableName> = RowOf<(typeof TABLES)[N]>;

/** A set of tables. Absent is not empty: a metric that needs an absent table is absent itself. */
export type Tables = { readonly [N in TableName]?: readonly TableRow<N>[] };
