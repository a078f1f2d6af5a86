import type { ModelKey } from './model-facts.ts';
import type { Trouble } from './plan.ts';
import type { Stream } from './random/stream.ts';
import type { Traffic } from './traffic.ts';
import type { Character, World } from './world.ts';

/** A change that changes nothing: a new version that is as good, a new release of the app. */
export interface HarmlessChanges {
  readonly version: { readonly model: ModelKey; readonly week: number } | null;
  readonly app: { readonly week: number };
}

/** Everything that is fixed before the first week begins. */
export interface Setting {
  readonly root: Stream;
  /** Start of the first week, epoch ms. */
  readonly start: number;
  readonly weeks: number;
  /** Begins every identifier of a patient, encounter and recommendation. */
  readonly prefix: string;
  readonly world: World;
  readonly characters: Readonly<Record<ModelKey, Character>>;
  readonly traffic: Traffic;
  readonly troubles: readonly Trouble[];
  readonly harmless: HarmlessChanges;
  readonly modelId: Readonly<Record<ModelKey, string>>;
}

export const APP_VERSIONS = ['1.4.0', '1.5.0'] as const;

export const appVersionIn = ({ harmless }: Setting, week: number): string =>
  APP_VERSIONS[week < harmless.app.week ? 0 : 1];
