import type {
  Attribution,
  Harm,
  Merp,
  WhatHappened,
} from '#src/domain/governance/incidents/incident.ts';

/** The three buttons: what a tired reader understands, and what it means. */
export const WHAT: readonly {
  readonly what: WhatHappened;
  readonly label: string;
  readonly meaning: string;
}[] = [
  { what: 'near-miss', label: 'Near miss', meaning: 'Caught before it reached the patient' },
  { what: 'reached-patient', label: 'Reached the patient', meaning: 'With or without harm' },
  { what: 'unsafe-condition', label: 'Unsafe condition', meaning: 'It could harm a patient' },
];

type Option<Code> = readonly [code: Code, label: string];

/** AHRQ Harm Scale. */
export const HARM: readonly Option<Harm>[] = [
  ['none', 'No harm'],
  ['mild', 'Mild'],
  ['moderate', 'Moderate'],
  ['severe', 'Severe'],
  ['death', 'Death'],
  ['unknown', 'Not known'],
];

/** NCC MERP Index; its letters are what people know. */
export const MERP: readonly Option<Merp>[] = [
  ['A', 'A – could cause an error'],
  ['B', 'B – did not reach the patient'],
  ['C', 'C – reached, no harm'],
  ['D', 'D – reached, monitoring needed'],
  ['E', 'E – temporary harm'],
  ['F', 'F – temporary harm, hospital stay'],
  ['G', 'G – permanent harm'],
  ['H', 'H – needed to sustain life'],
  ['I', 'I – death'],
];

export const AI_PART: readonly Option<Attribution['verdict']>[] = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['unsure', 'Not sure'],
];

export const HOW_SURE: readonly Option<NonNullable<Attribution['confidence']>>[] = [
  ['low', 'A little'],
  ['medium', 'Fairly'],
  ['high', 'Very'],
];

/** Who reads it, and where it is not. */
export const WHO_READS =
  'Your hospital’s safety team reads it, with what this card shows now. It is not in the chart.';
export const WHAT_NEXT =
  'Your hospital’s safety team reads it and takes it up. Their answer appears on this card. It is not in the chart.';
