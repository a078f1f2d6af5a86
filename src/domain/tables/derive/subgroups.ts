import { AGE_BANDS } from '../column-groups.ts';
import type { PatientFacts } from './sourced.ts';

export interface Subgroup {
  readonly age_band: (typeof AGE_BANDS)[number] | null;
  readonly sex: PatientFacts['sex'];
  readonly race_ethnicity: string | null;
  readonly language: string | null;
}

const UNKNOWN: Subgroup = { age_band: null, sex: null, race_ethnicity: null, language: null };

const FROM = [0, 18, 45, 65, 80, 90];

/**
 * Whole years at that instant. Where the day or month of birth is not known, the birthday is taken
 * to be past; the instant is read in Greenwich, since a birth date has no zone.
 */
function ageAt(birthDate: string, at: number): number {
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const then = new Date(at);
  const months = (then.getUTCFullYear() - year) * 12 + then.getUTCMonth() + 1 - month;
  return Math.floor((then.getUTCDate() < day ? months - 1 : months) / 12);
}

export function ageBand(birthDate: string | null, at: number | null): Subgroup['age_band'] {
  if (birthDate === null || at === null) return null;
  const age = ageAt(birthDate, at);
  return age < 0 ? null : (AGE_BANDS[FROM.findLastIndex((from) => age >= from)] ?? null);
}

/** The age is that of the moment, everything else as the record says now. */
export function subgroup(facts: PatientFacts | undefined, at: number | null): Subgroup {
  if (facts === undefined) return UNKNOWN;
  const { birth_date, sex, race_ethnicity, language } = facts;
  return { age_band: ageBand(birth_date, at), sex, race_ethnicity, language };
}
