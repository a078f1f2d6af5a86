import type { ModelHistory } from './model-history.ts';
import type { Places } from './places.ts';
import type { PatientFacts } from './sourced.ts';

/** What all rows of one derivation are looked up in. */
export interface Frame {
  readonly places: Places;
  readonly models: ModelHistory;
  patient(id: string | null): PatientFacts | undefined;
}
