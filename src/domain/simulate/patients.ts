import type { TableRow } from '../tables/schema.ts';
import { pickIndex, runningSums } from './random/draws.ts';
import type { Stream } from './random/stream.ts';

export type Patient = Pick<
  TableRow<'encounters'>,
  'age_band' | 'sex' | 'race_ethnicity' | 'language' | 'payer'
>;

type Shares<T> = readonly (readonly [value: T, share: number])[];

/** Adults only. Races as the US Core categories (CDC codes); one group of every kind is a fifth. */
const AGES: Shares<Patient['age_band']> = [
  ['18-44', 0.22],
  ['45-64', 0.28],
  ['65-79', 0.28],
  ['80-89', 0.2],
  ['90+', 0.02],
];
const SEX: Shares<Patient['sex']> = [
  ['female', 0.52],
  ['male', 0.48],
];
const RACES: Shares<Patient['race_ethnicity']> = [
  ['2106-3', 0.6],
  ['2054-5', 0.2],
  ['2028-9', 0.08],
  ['2131-1', 0.07],
  [null, 0.05],
];
const LANGUAGES: Shares<Patient['language']> = [
  ['en', 0.75],
  ['es', 0.2],
  ['zh', 0.05],
];
const PAYERS: Shares<Patient['payer']> = [
  ['medicare', 0.44],
  ['commercial', 0.3],
  ['medicaid', 0.2],
  ['self-pay', 0.06],
];

/** The fifths, by dimension as slices name it. */
export const FIFTHS = [
  { dimension: 'age', value: '80-89', is: (one: Patient) => one.age_band === '80-89' },
  { dimension: 'race', value: '2054-5', is: (one: Patient) => one.race_ethnicity === '2054-5' },
  { dimension: 'language', value: 'es', is: (one: Patient) => one.language === 'es' },
  { dimension: 'payer', value: 'medicaid', is: (one: Patient) => one.payer === 'medicaid' },
] as const;

function drawer<T>(shares: Shares<T>): (stream: Stream) => T | null {
  const ends = runningSums(shares.map(([, share]) => share));
  return (stream) => shares[pickIndex(stream, ends)]?.[0] ?? null;
}

const drawAge = drawer(AGES);
const drawSex = drawer(SEX);
const drawRace = drawer(RACES);
const drawLanguage = drawer(LANGUAGES);
const drawPayer = drawer(PAYERS);

export const drawPatient = (stream: Stream): Patient => ({
  age_band: drawAge(stream),
  sex: drawSex(stream),
  race_ethnicity: drawRace(stream),
  language: drawLanguage(stream),
  payer: drawPayer(stream),
});
