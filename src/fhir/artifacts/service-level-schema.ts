import { AUTOMATIC_ACTIONS } from '#src/domain/governance/limits/sla.ts';
import { CATALOGUE } from '#src/domain/metrics/catalogue.ts';
import { DIMENSIONS } from '#src/domain/metrics/slices.ts';

const word = { type: 'string', minLength: 1, maxLength: 300 } as const;
const above = { type: 'number', minimum: 0.01 } as const;

const duty = {
  owner: { ...word, description: 'Reference of who has to answer.' },
  acknowledgeHours: { ...above, description: 'Hours until somebody must have taken it on.' },
  actHours: { ...above, description: 'Hours until something must have been done.' },
} as const;

const DUTY = ['owner', 'acknowledgeHours', 'actHours'] as const;

const slices = Object.keys(DIMENSIONS).filter((name) => name !== 'week');

const sla = {
  type: 'object',
  additionalProperties: false,
  required: [
    ...(['id', 'title', 'metric', 'figure', 'slice', 'windowWeeks', 'leastRows'] as const),
    ...(['direction', 'warn', 'breach', 'action', ...DUTY] as const),
  ],
  properties: {
    id: { ...word, description: 'Stays the same for ever: episodes are counted by it.' },
    title: word,
    metric: { type: 'string', enum: CATALOGUE.map(({ name }) => name) },
    figure: { ...word, description: 'As clinician-feedback metrics prints it.' },
    slice: {
      type: 'object',
      additionalProperties: false,
      required: ['model'],
      properties: Object.fromEntries(slices.map((name) => [name, word])),
    },
    windowWeeks: { ...above, description: 'Whole weeks that have ended.' },
    leastRows: { ...above, description: 'n of the figure below which nothing is said.' },
    direction: { type: 'string', enum: ['at-least', 'at-most'] },
    warn: { type: 'number', description: 'Shares from 0 to 1.' },
    breach: { type: 'number' },
    action: { type: 'string', enum: AUTOMATIC_ACTIONS },
    restriction: { ...word, description: 'What the banner says; for restrict.' },
    ...duty,
  },
} as const;

/** The format of service levels, in the Library and in the file of `monitor --escalate --agreed`. */
export const SERVICE_LEVEL_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'What models must keep, and who answers when they do not',
  type: 'object',
  required: ['committee', 'slas'],
  properties: {
    committee: { ...word, description: 'Reference of whom an answer that is late goes to.' },
    signals: { type: 'object', additionalProperties: false, required: DUTY, properties: duty },
    slas: { type: 'array', items: sla },
  },
} as const;
