import type { Profile } from '#src/domain/privacy/profile.ts';
import type { ExportChoice } from '#src/state/export-deps.ts';

export const PROFILE_WORDS: Readonly<
  Record<Profile, { readonly name: string; readonly removes: string }>
> = {
  deidentified: {
    name: 'De-identified',
    removes:
      'For anybody: removes names, dates, free text and rare words; leaves random names, years and durations.',
  },
  limited: {
    name: 'Limited data set',
    removes:
      'For somebody who signed a data use agreement: removes names and record numbers; leaves exact times and units.',
  },
  operational: {
    name: 'Operational',
    removes:
      'For the hospital itself: removes nothing but free text; patients and clinicians are identified.',
  },
};

export const FORMAT_WORDS: Readonly<Record<ExportChoice['formats'][number], string>> = {
  csv: 'CSV',
  ndjson: 'NDJSON',
  parquet: 'Parquet',
};

export const FREE_TEXT_WORDS =
  'Comments and titles as they were typed. They identify people, and whoever gets the package can read them.';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;

const two = (value: number): string => String(value).padStart(2, '0');

/** A day of this device's calendar. */
const dayOf = (epochMs: number): string => {
  const day = new Date(epochMs);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

/** What nobody chose: the last weeks, and the profile that gives least away. */
export const usualChoice = (now: number): ExportChoice => ({
  from: dayOf(now - USUAL_DAYS * DAY_MS),
  until: dayOf(now),
  profile: 'deidentified',
  freeText: false,
  formats: ['csv'],
  purpose: '',
});

/** What is still missing, in words; undefined: the export can be counted. */
export function missingIn({ from, until, formats, purpose }: ExportChoice): string | undefined {
  if (from === '' || until === '') return 'Choose the first and the last day.';
  if (from > until) return 'The first day is after the last.';
  if (formats.length === 0) return 'Choose at least one format.';
  if (purpose.trim() === '') return 'Say what the export is for: it is recorded with your name.';
  return undefined;
}
