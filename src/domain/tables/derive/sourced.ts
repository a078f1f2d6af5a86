import type { DecisionRow } from '../decisions.ts';
import type { RecommendationRow } from '../recommendations.ts';
import type { TableName, TableRow } from '../schema.ts';

/** A row with where it was read: what tells a later version from a copy on another server. */
export interface Sourced<R> {
  readonly row: R;
  /** Reference of the resource, without version. */
  readonly place: string;
  /** `meta.versionId`, where it is a number; else null. */
  readonly version: number | null;
  /** `meta.lastUpdated`, epoch ms. */
  readonly updatedAt: number | null;
}

export interface SourcedDecision extends Sourced<DecisionRow> {
  /** Where the replaced answer stands, where only that was said or it has no identifier. */
  readonly replacesPlace: string | null;
  /** Said to take the place of an earlier answer, but not of which (a chart says no more). */
  readonly replacesSome: boolean;
}

export interface SourcedRecommendation extends Sourced<RecommendationRow> {
  /** References of what it says it replaces. */
  readonly replaces: readonly string[];
  /** System and value of each identifier. */
  readonly identifiers: readonly string[];
  /** References of recommendations of which it is only the proposed action. */
  readonly actionOf: readonly string[];
}

/** An answer that could not be read, but for what it replaces. */
export interface UnreadDecision {
  readonly place: string;
  readonly identifier: string | null;
  readonly replacesId: string;
  readonly replacesPlace: string | null;
  readonly decidedAt: number | null;
  readonly recordedAt: number | null;
}

/** What a patient's record gives to rows about that patient. */
export interface PatientFacts {
  readonly patient_id: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly birth_date: string | null;
  readonly sex: 'female' | 'male' | 'other' | 'unknown' | null;
  readonly race_ethnicity: string | null;
  readonly language: string | null;
}

type PlainTables = Exclude<TableName, 'decisions' | 'recommendations' | 'shifts'>;

/** All that was read, in any order and any number of copies; `derive-tables.ts` makes the tables. */
export type SourcedTables = {
  readonly [N in PlainTables]: readonly Sourced<TableRow<N>>[];
} & {
  readonly decisions: readonly SourcedDecision[];
  readonly recommendations: readonly SourcedRecommendation[];
  readonly unread: readonly UnreadDecision[];
  readonly patients: readonly Sourced<PatientFacts>[];
};
