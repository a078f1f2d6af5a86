import { normalQuantile } from '../statistics/normal.ts';
import { normal } from './random/draws.ts';
import type { Stream } from './random/stream.ts';

export interface Accuracy {
  readonly sensitivity: number;
  readonly specificity: number;
  /** Sensitivity for the events that must not be missed. */
  readonly criticalSensitivity: number;
}

/** Whether the outcome comes, and whether it is one that must not be missed. */
export type Truth = 'none' | 'event' | 'critical';

/**
 * The binormal model of a score (Pepe 2003, §4.4): a hidden value is normal with standard deviation 1 around
 * a mean for each truth, and the model fires at 0 and above, so that sensitivity and specificity are those
 * stated. Means, in the order of `Truth`.
 */
export interface Separation {
  readonly none: number;
  readonly event: number;
  readonly critical: number;
}

/** @param criticalShare of all events; the others are found as often as the whole sensitivity needs. */
export function separation(accuracy: Accuracy, criticalShare: number): Separation {
  const { sensitivity, specificity, criticalSensitivity } = accuracy;
  const others = (sensitivity - criticalShare * criticalSensitivity) / (1 - criticalShare);
  return {
    none: -normalQuantile(specificity),
    event: normalQuantile(others),
    critical: normalQuantile(criticalSensitivity),
  };
}

export const drawHidden = (stream: Stream, truth: Truth, means: Separation): number =>
  means[truth] + normal(stream);

/** A score as a whole number of hundredths of a percent, so that percent and fraction say the same. */
const rounded = (p: number): number => Math.round(p * 10_000) / 100 / 100;

/** The probability that the hidden value stands for where the model was trained: calibrated there. */
export function scale(accuracy: Accuracy, prevalence: number): (hidden: number) => number {
  const none = -normalQuantile(accuracy.specificity);
  const event = normalQuantile(accuracy.sensitivity);
  const logOdds = Math.log(prevalence / (1 - prevalence)) - (event ** 2 - none ** 2) / 2;
  return (hidden) => rounded(1 / (1 + Math.exp(-logOdds - (event - none) * hidden)));
}

/** Share of the scored for whom it fires. */
export const fireRate = ({ sensitivity, specificity }: Accuracy, prevalence: number): number =>
  prevalence * sensitivity + (1 - prevalence) * (1 - specificity);
