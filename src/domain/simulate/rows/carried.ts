import type { Patient } from '../patients.ts';
import type { Unit } from '../places.ts';
import type { Stream } from '../random/stream.ts';

/** Greenwich: simulated hospitals live there, so that weeks are cut alike everywhere. */
export const OFFSET_MIN = 0;

/** One encounter, as far as its rows need it. */
export interface Stay {
  readonly encounter_id: string;
  readonly patient_id: string;
  readonly patient: Patient;
  readonly unit: Unit;
  readonly arrivedAt: number;
  readonly stream: Stream;
}
