import type { Effect } from './effect.ts';
import type { ModelKey } from './model-facts.ts';
import type { Range } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import type { Character, World } from './world.ts';

/** One thing that is wrong: what happens, and what the signal must name. */
export interface Trouble {
  readonly effect: Effect;
  readonly signals: readonly string[];
  readonly names?: {
    readonly site?: string;
    readonly unit?: string;
    readonly group?: { readonly dimension: string; readonly value: string };
    readonly reason?: string;
  };
  /** The fixed effect, and what was drawn for it. */
  readonly drawn: Readonly<Record<string, number>>;
}

/** What a scenario makes of a world. */
export interface Plan {
  /** The model that makes most recommendations; absent: all alike. */
  readonly focus?: ModelKey;
  readonly focusShare?: Range;
  /** What is different about a model from its first day. */
  readonly characters?: Partial<Readonly<Record<ModelKey, Partial<Character>>>>;
  readonly troubles: readonly Trouble[];
}

export interface Stage {
  readonly world: World;
  readonly weeks: number;
  /** The scenario's own draws: they shift none of the world's. */
  readonly stream: Stream;
  /** Index of the week in which it begins. */
  readonly onset: number;
}

export type Scenario = (stage: Stage) => Plan;
