import { type Names, nameBook } from './names.ts';
import { type Rng, rng } from './rng.ts';

const MINUTE = 60_000;

/** What every part of the generator needs: the two inputs and the names that follow from them. */
export interface Ward {
  readonly seed: number;
  /** Epoch ms, cut to the minute. */
  readonly now: number;
  readonly names: Names;
}

export function openWard(options: { seed: number; now: number }): Ward {
  const now = Math.floor(options.now / MINUTE) * MINUTE;
  return { seed: options.seed, now, names: nameBook(options.seed) };
}

export const stream = (ward: Ward, name: string): Rng => rng(ward.seed, name);

/** ISO instant, to the second. Negative minutes lie in the future. */
export const minutesAgo = (ward: Ward, minutes: number): string =>
  `${new Date(ward.now - Math.round(minutes * 60) * 1000).toISOString().slice(0, 19)}Z`;

export const hoursAgo = (ward: Ward, hours: number): string => minutesAgo(ward, hours * 60);

export const dayAgo = (ward: Ward, days: number): string =>
  minutesAgo(ward, days * 1440).slice(0, 10);
