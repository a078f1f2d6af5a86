import { defineTable, type RowOf } from './column.ts';
import {
  CLINICIAN_COLUMNS,
  RECOMMENDATION_KEY,
  SLICE_COLUMNS,
  WHOSE_COLUMNS,
} from './column-groups.ts';
import { hourColumn, weekColumn } from './time-columns.ts';

const WORDS = ['accepted', 'accepted-modified', 'overridden', 'deferred'] as const;

/**
 * Made from the flat tables, never sent: the unit that metrics count (metrics.md "Rules"). It is no
 * member of `TABLES`; `derive/response-units.ts` makes it for a stated window.
 */
export const RESPONSE_UNITS = defineTable({
  name: 'response_units',
  grain: 'one recommendation version × clinician, displayed at least once',
  description:
    'D is the number of rows, R those with a response, D − R had none in time (24 h unless said otherwise).',
  key: ['recommendation_id', 'recommendation_version', 'clinician_id'],
  columns: {
    ...RECOMMENDATION_KEY,
    ...CLINICIAN_COLUMNS,
    ...WHOSE_COLUMNS,
    ...SLICE_COLUMNS,
    displayed_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      derived: true,
      description: 'First display; the time to respond begins here.',
      source: 'exposures, the earliest',
      privacy: 'date',
    },
    displayed_week: weekColumn('displayed_at'),
    displayed_hour: hourColumn('displayed_at'),
    displays: {
      type: 'integer',
      min: 1,
      derived: true,
      description: 'Exposures, one for each launch.',
      source: 'exposures',
      privacy: 'none',
    },
    implied: {
      type: 'boolean',
      derived: true,
      description: 'No exposure was recorded: only the answer proves the display.',
      source: 'exposures, all implied',
      privacy: 'none',
    },
    response: {
      type: 'code',
      nullable: true,
      values: WORDS,
      derived: true,
      description: 'Head of the answers given in time; null: no response.',
      source: 'decisions',
      privacy: 'none',
    },
    decision_id: {
      type: 'string',
      nullable: true,
      references: 'decisions.decision_id',
      derived: true,
      description: 'The answer that `response` is taken from.',
      source: 'decisions',
      privacy: 'direct',
    },
    decided_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      derived: true,
      description: 'When it was given.',
      source: 'decisions',
      privacy: 'date',
    },
    reason_code: {
      type: 'code',
      nullable: true,
      derived: true,
      description: 'Its primary reason.',
      source: 'decisions',
      privacy: 'none',
    },
    reason_owner: {
      type: 'code',
      nullable: true,
      derived: true,
      description: 'Who can act on that reason.',
      source: 'decisions',
      privacy: 'none',
    },
    dwell_ms: {
      type: 'integer',
      nullable: true,
      unit: 'ms',
      min: 0,
      derived: true,
      description: 'Visible time until it, by a clock that nobody sets.',
      source: 'decisions',
      privacy: 'none',
    },
    elapsed_ms: {
      type: 'integer',
      nullable: true,
      unit: 'ms',
      min: 0,
      derived: true,
      description:
        'From first recorded display to answer; null where clocks disagree or none was exact.',
      source: 'decided_at − displayed_at',
      privacy: 'none',
    },
    was_deferred: {
      type: 'boolean',
      derived: true,
      description: 'A deferral was given in time, whatever came after it.',
      source: 'decisions',
      privacy: 'none',
    },
    final_response: {
      type: 'code',
      nullable: true,
      values: WORDS,
      derived: true,
      description: 'Head of all answers, however late: conversion of deferrals, late answers.',
      source: 'decisions',
      privacy: 'none',
    },
    conflict: {
      type: 'boolean',
      derived: true,
      description: 'Two answers of this clinician count; the later one is taken.',
      source: 'decisions',
      privacy: 'none',
    },
  },
});

export type ResponseUnit = RowOf<typeof RESPONSE_UNITS>;
