import { latest } from './flowsheet.ts';
import type { Result } from './observation.ts';

export interface EarlyWarning {
  readonly score: number;
  /** Parameters that the chart has no value for: the true score is then at least `score`. */
  readonly missing: readonly string[];
  readonly band: 'low' | 'low-medium' | 'medium' | 'high';
}

type Steps = readonly (readonly [upTo: number, points: number])[];

// Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017; SpO2 scale 1.
const PARAMETERS: readonly { name: string; keys: readonly string[]; steps: Steps }[] = [
  {
    name: 'respiration',
    keys: ['9279-1'],
    steps: [
      [8, 3],
      [11, 1],
      [20, 0],
      [24, 2],
      [Infinity, 3],
    ],
  },
  {
    name: 'SpO2',
    keys: ['59408-5', '2708-6'],
    steps: [
      [91, 3],
      [93, 2],
      [95, 1],
      [Infinity, 0],
    ],
  },
  {
    name: 'systolic',
    keys: ['8480-6'],
    steps: [
      [90, 3],
      [100, 2],
      [110, 1],
      [219, 0],
      [Infinity, 3],
    ],
  },
  {
    name: 'pulse',
    keys: ['8867-4'],
    steps: [
      [40, 3],
      [50, 1],
      [90, 0],
      [110, 1],
      [130, 2],
      [Infinity, 3],
    ],
  },
  {
    name: 'temperature',
    keys: ['8310-5'],
    steps: [
      [35, 3],
      [36, 1],
      [38, 0],
      [39, 1],
      [Infinity, 2],
    ],
  },
];

/** The ward's own early warning, by the published table: no AI, computed from charted vitals. */
export function news2(results: readonly Result[]): EarlyWarning | undefined {
  const missing: string[] = [];
  const points: number[] = [];
  for (const { name, keys, steps } of PARAMETERS) {
    const value = celsius(latest(results, ...keys));
    const step = value === undefined ? undefined : steps.find(([upTo]) => value <= upTo);
    if (step === undefined) missing.push(name);
    else points.push(step[1]);
  }
  if (points.length < 3) return undefined;
  const oxygen = oxygenPoints(results);
  if (oxygen === undefined) missing.push('oxygen');
  else points.push(oxygen);
  const consciousness = consciousnessPoints(results);
  if (consciousness === undefined) missing.push('consciousness');
  else points.push(consciousness);
  const score = points.reduce((sum, point) => sum + point, 0);
  return { score, missing, band: bandOf(score, points.includes(3)) };
}

export const INCOMPLETE = 'incomplete';

/** A sum of parts is shown as such only where it calls for something whatever the rest is. */
export function warningText({ score, missing, band }: EarlyWarning): string {
  if (missing.length === 0) return String(score);
  return band === 'low' ? INCOMPLETE : `≥ ${score}`;
}

function bandOf(score: number, anyThree: boolean): EarlyWarning['band'] {
  if (score >= 7) return 'high';
  if (score >= 5) return 'medium';
  return anyThree ? 'low-medium' : 'low';
}

/** To one decimal, since the table has no place between 38.0 and 38.1. */
function celsius(result: Result | undefined): number | undefined {
  if (result?.value === undefined) return undefined;
  const fahrenheit = result.unit?.toLowerCase().includes('f') === true;
  const value =
    fahrenheit && result.key === '8310-5' ? ((result.value - 32) * 5) / 9 : result.value;
  return Math.round(value * 10) / 10;
}

function oxygenPoints(results: readonly Result[]): number | undefined {
  const flow = latest(results, '3151-8')?.value;
  if (flow !== undefined) return flow > 0 ? 2 : 0;
  const fraction = latest(results, '3150-6', '19994-3')?.value;
  if (fraction === undefined) return undefined;
  return fraction > (fraction <= 1 ? 0.21 : 21) ? 2 : 0;
}

function consciousnessPoints(results: readonly Result[]): number | undefined {
  const coma = latest(results, '9269-2')?.value;
  if (coma !== undefined) return coma >= 15 ? 0 : 3;
  const level = latest(results, '80288-4', '67775-7')?.text;
  return level === undefined ? undefined : /^(a|alert)\b/i.test(level) ? 0 : 3;
}
