import { parseTime } from './date-time.ts';

const monthsBetween = (birth: Date, at: Date): number => {
  const months = (at.getFullYear() - birth.getFullYear()) * 12 + (at.getMonth() - birth.getMonth());
  return at.getDate() < birth.getDate() ? months - 1 : months;
};

const daysBetween = (birth: Date, at: Date): number =>
  Math.round((new Date(at.toDateString()).getTime() - birth.getTime()) / 86_400_000);

/**
 * Age on a day as wards write it: days for neonates, weeks, then months for infants, then years. A
 * birth date that is only a year gives "≈", because the birthday is not known.
 */
export function formatPatientAge(birthDate: string | undefined, at: number): string | undefined {
  const birth = parseTime(birthDate);
  if (!birth) return undefined;
  const born = new Date(birth.ms);
  const today = new Date(at);
  if (birth.precision === 'year') return `≈ ${today.getFullYear() - born.getFullYear()} y`;
  if (birth.precision === 'month') return `≈ ${Math.floor(monthsBetween(born, today) / 12)} y`;
  const days = daysBetween(new Date(born.toDateString()), today);
  if (days < 0) return undefined;
  if (days < 28) return `${days} d`;
  const months = monthsBetween(born, today);
  if (months < 3) return `${Math.floor(days / 7)} wk`;
  return months < 24 ? `${months} mo` : `${Math.floor(months / 12)} y`;
}

const SEX: ReadonlyMap<string, string> = new Map(
  Object.entries({
    female: 'F',
    male: 'M',
    other: 'Other',
    unknown: 'Sex unknown',
  }),
);

export const formatSex = (sex: string | undefined): string | undefined =>
  sex === undefined ? undefined : (SEX.get(sex.toLowerCase()) ?? sex);
