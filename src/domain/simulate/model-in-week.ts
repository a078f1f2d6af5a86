import { type Separation, scale, separation } from './accuracy.ts';
import type { Effect } from './effect.ts';
import { MODEL_FACTS, MODEL_KEYS, type ModelFacts, type ModelKey } from './model-facts.ts';
import { normal } from './random/draws.ts';
import type { Setting } from './setting.ts';
import type { Audience } from './staff.ts';
import type { Character } from './world.ts';

/** One model in one week: what it does, and what becomes of it. */
export interface ModelInWeek {
  readonly facts: ModelFacts;
  readonly character: Character;
  readonly model_id: string;
  readonly model_version: string;
  readonly threshold: number;
  readonly scored: number;
  readonly scoreOf: (hidden: number) => number;
  readonly audiences: readonly Audience[];
  /** Log odds of following, of a clinician in the middle, on each unit. */
  readonly logOdds: readonly number[];
  /** By unit; null where it is not in use. */
  readonly means: readonly (Separation | null)[];
  readonly shown: number;
  /** In force this week. */
  readonly effect: Effect | undefined;
  readonly week: number;
}

export const effectOn = ({ troubles }: Setting, model: ModelKey): Effect | undefined =>
  troubles.find(({ effect }) => effect.model === model)?.effect;

export function versionIn(setting: Setting, model: ModelKey, week: number): string {
  const { version, nextVersion } = MODEL_FACTS[model];
  const effect = effectOn(setting, model);
  if (effect?.version !== undefined) return week < effect.onset ? version : effect.version;
  const { version: harmless } = setting.harmless;
  return harmless?.model === model && week >= harmless.week ? nextVersion : version;
}

export const thresholdOf = ({ accuracy, prevalence }: Character): number =>
  scale(accuracy, prevalence)(0);

const logit = (p: number): number => Math.log(p / (1 - p));

/** The models of a week. What depends on the model alone is worked out here, once for thousands of rows. */
export const modelsIn = (setting: Setting, week: number): readonly ModelInWeek[] =>
  MODEL_KEYS.map((key) => modelIn(setting, key, week));

function modelIn(setting: Setting, key: ModelKey, week: number): ModelInWeek {
  const { world, traffic, root } = setting;
  const facts = MODEL_FACTS[key];
  const character = setting.characters[key];
  const known = effectOn(setting, key);
  const effect = known !== undefined && week >= known.onset ? known : undefined;
  const noise = root.named(`${key} weeks`).split(week);
  const ofUnits = root.named(`${key} units`);
  const middle = logit(character.followed) + world.spread.week * normal(noise);
  const usualMeans = separation(character.accuracy, facts.criticalShare);
  return {
    facts,
    character,
    model_id: setting.modelId[key],
    model_version: versionIn(setting, key, week),
    threshold: thresholdOf(character),
    scored: traffic.scored[key],
    scoreOf: scale(character.accuracy, character.prevalence),
    audiences: world.staff.audiences[key].map((usual, index) => {
      const unit = world.units[index];
      return (unit && effect?.readers?.(unit, week)) ?? usual;
    }),
    logOdds: world.units.map(
      ({ index }) => middle + world.spread.unit * normal(ofUnits.split(index)),
    ),
    means: world.units.map((unit) => {
      if (known !== undefined && effect === undefined && known.goesLive?.(unit)) return null;
      const changed = effect?.accuracy?.(unit);
      return changed ? separation(changed, facts.criticalShare) : usualMeans;
    }),
    shown: character.displayed * (effect?.shown?.(week - effect.onset) ?? 1),
    effect,
    week,
  };
}
