import type { Accuracy } from './accuracy.ts';
import type { ModelKey } from './model-facts.ts';
import type { Patient } from './patients.ts';
import type { Unit } from './places.ts';
import type { Stream } from './random/stream.ts';
import type { Audience, Clinician } from './staff.ts';

/** Who answers, about whom, and after how many earlier exposures to this model. */
export interface Answering {
  readonly clinician: Clinician;
  readonly patient: Patient;
  readonly unit: Unit;
  readonly seen: number;
}

/**
 * What goes wrong with one model from `onset` on (index of the week). Nothing here is asked before that
 * week but where the model is not yet in use. What an effect does not say stays as it was.
 */
export interface Effect {
  readonly model: ModelKey;
  readonly onset: number;
  /** Units where the model goes into use at the onset, and was not before. */
  readonly goesLive?: (unit: Unit) => boolean;
  readonly version?: string;
  readonly accuracy?: (unit: Unit) => Accuracy | undefined;
  /** Share of the displays that are left. @param since whole weeks since the onset. */
  readonly shown?: (since: number) => number;
  /** Alerts about patients who have already got what is advised. */
  readonly treated?: { readonly share: number; readonly reason: (stream: Stream) => string };
  /** The probability of following, of an answer that decides. */
  readonly follow?: (p: number, answering: Answering) => number;
  /** Median ms to an answer, where it is not the clinician's usual one. */
  readonly responseMs?: (clinician: Clinician) => number | undefined;
  /** Who sees it on a unit in a week, where it is not the usual audience; perhaps nobody yet. */
  readonly readers?: (unit: Unit, week: number) => Audience;
}

/** A probability whose odds are multiplied. */
export const byOdds = (p: number, ratio: number): number => (p * ratio) / (1 - p + p * ratio);
