import { fireRate } from './accuracy.ts';
import { MODEL_KEYS, type ModelKey } from './model-facts.ts';
import type { Plan } from './plan.ts';
import { within } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import { FOCUS_SHARE, SHARE_JITTER } from './ranges.ts';
import type { Character } from './world.ts';

/** Share of recommendations after which the same model fires a second time in the same encounter. */
export const REPEATED = 0.06;
/** Some patients are nothing for any model. */
const MOST_SCORED = 0.9;

export interface Traffic {
  /** Encounters that begin in an ordinary week. */
  readonly encounters: number;
  /** Share of them that each model scores. */
  readonly scored: Readonly<Record<ModelKey, number>>;
  readonly focusShare: number;
}

/** So many encounters, scored so often, that an ordinary week has `perWeek` recommendations. */
export function drawTraffic(
  stream: Stream,
  plan: Plan,
  characters: Readonly<Record<ModelKey, Character>>,
  perWeek: number,
): Traffic {
  const equal = 1 / MODEL_KEYS.length;
  const focusShare = plan.focus
    ? within(stream.named('focus'), plan.focusShare ?? FOCUS_SHARE)
    : equal;
  const weights = MODEL_KEYS.map((key) =>
    key === plan.focus ? 0 : within(stream.named(key), SHARE_JITTER),
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const rest = plan.focus ? 1 - focusShare : 1;
  const needed = MODEL_KEYS.map((key, i) => {
    const share = key === plan.focus ? focusShare : (rest * (weights[i] ?? 0)) / all;
    const { accuracy, prevalence } = characters[key];
    return (perWeek * share) / (fireRate(accuracy, prevalence) * (1 + REPEATED));
  });
  const encounters = Math.max(...needed) / MOST_SCORED;
  const [sepsis = 0, film = 0, drug = 0, readmission = 0] = needed.map((n) => n / encounters);
  const [a, b, c, d] = MODEL_KEYS;
  return {
    encounters,
    scored: { [a]: sepsis, [b]: film, [c]: drug, [d]: readmission },
    focusShare,
  };
}
