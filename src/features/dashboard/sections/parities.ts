import { DEFINITIONS, type Definition, UNIT_WORDS } from '../definitions.ts';
import type { Parity } from '../sheets/equity.ts';

export interface ParityChart extends Parity {
  readonly title: string;
  readonly counted: string;
  readonly unit: string;
  readonly definition: Definition;
}

export const FOLLOWING: ParityChart = {
  title: 'Following',
  metric: 'equity',
  figure: 'following',
  above: 'followed',
  below: 'decided',
  parts: ['Followed', 'Overridden'],
  total: 'Decided',
  counted: 'decided answers',
  unit: UNIT_WORDS.answer,
  definition: DEFINITIONS.equity,
};

export const SILENCE: ParityChart = {
  title: 'No answer',
  metric: 'equity',
  figure: 'no response',
  above: 'silent',
  below: 'recorded',
  parts: ['No answer', 'Answered'],
  total: 'Recorded displays',
  counted: 'recorded displays',
  unit: UNIT_WORDS.answer,
  definition: DEFINITIONS.silenceEquity,
};

const ENCOUNTER = 'encounter, within the score’s horizon';

export const SENSITIVITY: ParityChart = {
  title: 'Sensitivity',
  metric: 'outcome-equity',
  figure: 'sensitivity',
  above: 'tp',
  below: 'events',
  parts: ['Found (TP)', 'Missed (FN)'],
  total: 'Events',
  counted: 'events',
  unit: ENCOUNTER,
  definition: DEFINITIONS.outcomeEquity,
};

export const PPV: ParityChart = {
  title: 'PPV',
  metric: 'outcome-equity',
  figure: 'positive predictive value',
  above: 'tp',
  below: 'fired',
  parts: ['With the event (TP)', 'Without (FP)'],
  total: 'Alerts',
  counted: 'alerts',
  unit: ENCOUNTER,
  definition: DEFINITIONS.outcomeEquity,
};
