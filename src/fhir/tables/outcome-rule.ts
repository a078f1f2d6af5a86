import type { Coding } from '#src/domain/coding.ts';
import type { OutcomeRow } from '#src/domain/tables/outcomes.ts';

export type OutcomeType =
  | 'Condition'
  | 'Observation'
  | 'Procedure'
  | 'MedicationAdministration'
  | 'MedicationRequest'
  | 'ServiceRequest';

/** One configured rule that makes outcomes of FHIR; the rows name it, so that a reader can judge it. */
export interface OutcomeRule {
  readonly id: string;
  readonly kind: OutcomeRow['kind'];
  /** `outcome_code` of the rows. */
  readonly outcome: string;
  readonly type: OutcomeType;
  /** Any of these. */
  readonly codes: readonly Coding[];
  /** Inclusive limits of an Observation’s Quantity, in `unit` (UCUM); a value without one is no hit. */
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit?: string;
  readonly critical?: boolean;
}
