import type { Confidence, Probability } from '#src/domain/recommendation.ts';
import { formatNumber } from './quantity.ts';

const NBSP = '\u00a0';

export type ProbabilityView =
  | {
      readonly kind: 'percent';
      readonly number: string;
      /** "34 %" */
      readonly text: string;
      /** "34 in 100": natural frequencies are read more correctly than percentages. */
      readonly words: string;
      readonly interval?: string;
      readonly fraction: number;
      readonly low?: number;
      readonly high?: number;
    }
  | {
      readonly kind: 'as-sent';
      readonly number: string;
      readonly note: 'scale unknown' | 'out of range';
    };

/** The number of a percentage, never rounded up to certainty or down to nothing. */
export function percentNumber(fraction: number): string {
  const percent = fraction * 100;
  if (percent === 0 || percent === 100) return String(percent);
  if (percent < 0.1) return `<${NBSP}0.1`;
  if (percent < 1) return percent.toFixed(1);
  if (percent > 99) return `>${NBSP}99`;
  return String(Math.round(percent));
}

const words = (fraction: number): string => {
  if (fraction > 0.99 && fraction < 1) return 'more than 99 in 100';
  if (fraction >= 0.01 || fraction === 0) return `${Math.round(fraction * 100)} in 100`;
  return fraction >= 0.001 ? `${Math.round(fraction * 1000)} in 1000` : 'fewer than 1 in 1000';
};

const interval = (low: number | undefined, high: number | undefined): string | undefined =>
  low === undefined || high === undefined
    ? undefined
    : `${percentNumber(low)}–${percentNumber(high)}${NBSP}%`;

/** A probability as it may be shown: never a percentage where the scale is not known. */
export function viewProbability(probability: Probability): ProbabilityView {
  const number = formatNumber(probability.sent);
  if (probability.scale === 'unknown') {
    return { kind: 'as-sent', number, note: 'scale unknown' };
  }
  const { fraction, low, high } = probability;
  if (fraction === undefined || fraction < 0 || fraction > 1) {
    return { kind: 'as-sent', number, note: 'out of range' };
  }
  const range = interval(low, high);
  return {
    kind: 'percent',
    number: percentNumber(fraction),
    text: `${percentNumber(fraction)}${NBSP}%`,
    words: words(fraction),
    fraction,
    ...(range !== undefined && low !== undefined && high !== undefined
      ? { interval: range, low, high }
      : {}),
  };
}

/** How sure the model says that it is; words where it sent words. */
export function formatConfidence(confidence: Confidence): string | undefined {
  const number =
    confidence.fraction === undefined
      ? interval(confidence.low, confidence.high)
      : `${percentNumber(confidence.fraction)}${NBSP}%`;
  if (number !== undefined && confidence.text) return `${confidence.text} (${number})`;
  return number ?? confidence.text;
}
