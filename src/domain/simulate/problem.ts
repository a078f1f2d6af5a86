import { MODEL_KEYS } from './model-facts.ts';
import type { Trouble } from './plan.ts';
import type { Setting } from './setting.ts';
import type { Problem } from './simulation.ts';

/** What a reader of the results must know of one trouble, with everything that the seed drew for it. */
export function problemOf(setting: Setting, trouble: Trouble, onset: string): Problem {
  const { effect, signals, names, drawn } = trouble;
  const { world, characters, traffic } = setting;
  const { accuracy, ...character } = characters[effect.model];
  return {
    signals,
    onset,
    model_id: setting.modelId[effect.model],
    model_version: effect.version ?? null,
    site: names?.site ?? null,
    unit: names?.unit ?? null,
    group: names?.group ?? null,
    reason: names?.reason ?? null,
    drawn: {
      ...drawn,
      ...accuracy,
      ...character,
      models: MODEL_KEYS.length,
      units: world.units.length,
      staff: world.staff.clinicians.length,
      clinicianSpread: world.spread.clinician,
      unitSpread: world.spread.unit,
      weekSpread: world.spread.week,
      season: world.season,
      encountersPerWeek: traffic.encounters,
      shareOfModel: shareOf(setting, effect.model),
    },
  };
}

function shareOf({ traffic, characters }: Setting, key: Trouble['effect']['model']): number {
  const fired = MODEL_KEYS.map((each) => {
    const { accuracy, prevalence } = characters[each];
    return (
      traffic.scored[each] *
      (prevalence * accuracy.sensitivity + (1 - prevalence) * (1 - accuracy.specificity))
    );
  });
  return (fired[MODEL_KEYS.indexOf(key)] ?? 0) / fired.reduce((sum, each) => sum + each, 0);
}
