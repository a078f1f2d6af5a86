import type { Accuracy } from './accuracy.ts';
import { MODEL_FACTS, MODEL_KEYS, type ModelKey } from './model-facts.ts';
import { drawUnits, type Unit } from './places.ts';
import { type Range, within } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import {
  ALREADY_TREATED,
  CLINICIAN_SPREAD,
  DEFERRED,
  DISPLAYED,
  FOLLOWED,
  RESPONDED,
  RESPONSE_MS,
  SEASON,
  TRAFFIC_SPREAD,
  UNIT_SPREAD,
  WEEK_SPREAD,
} from './ranges.ts';
import { drawStaff, type Staff } from './staff.ts';

/** How a model is, and how it is met, in ordinary times. */
export interface Character {
  readonly prevalence: number;
  readonly accuracy: Accuracy;
  readonly displayed: number;
  readonly responded: number;
  readonly deferred: number;
  readonly followed: number;
  readonly responseMs: number;
  readonly treated: number;
}

/** What the seed alone decides, whatever scenario is played in it. */
export interface World {
  readonly units: readonly Unit[];
  readonly staff: Staff;
  readonly characters: Readonly<Record<ModelKey, Character>>;
  readonly spread: {
    readonly clinician: number;
    readonly unit: number;
    readonly week: number;
    readonly traffic: number;
  };
  readonly season: number;
}

function drawCharacter(stream: Stream, key: ModelKey): Character {
  const facts = MODEL_FACTS[key];
  const draw = (name: string, range: Range) => within(stream.named(name), range);
  return {
    prevalence: draw('prevalence', facts.prevalence),
    accuracy: {
      sensitivity: draw('sensitivity', facts.sensitivity),
      specificity: draw('specificity', facts.specificity),
      criticalSensitivity: draw('critical', facts.criticalSensitivity),
    },
    displayed: draw('displayed', DISPLAYED),
    responded: draw('responded', RESPONDED),
    deferred: draw('deferred', DEFERRED),
    followed: draw('followed', FOLLOWED),
    responseMs: draw('response-ms', RESPONSE_MS),
    treated: draw('treated', ALREADY_TREATED),
  };
}

export function drawWorld(root: Stream): World {
  const draw = (name: string, range: Range) => within(root.named(name), range);
  const units = drawUnits(root.named('units'));
  const clinician = draw('clinician-spread', CLINICIAN_SPREAD);
  const character = (key: ModelKey) => drawCharacter(root.named(key), key);
  const [sepsis, film, drug, readmission] = MODEL_KEYS;
  return {
    units,
    staff: drawStaff(root.named('staff'), units, clinician),
    characters: {
      [sepsis]: character(sepsis),
      [film]: character(film),
      [drug]: character(drug),
      [readmission]: character(readmission),
    },
    spread: {
      clinician,
      unit: draw('unit-spread', UNIT_SPREAD),
      week: draw('week-spread', WEEK_SPREAD),
      traffic: draw('traffic-spread', TRAFFIC_SPREAD),
    },
    season: draw('season', SEASON),
  };
}
