import { defineTable, type RowOf } from './column.ts';
import {
  CLINICIAN_COLUMNS,
  RECOMMENDATION_KEY,
  RECORDED_COLUMN,
  SLICE_COLUMNS,
  STATUS_COLUMN,
  TIME_QUALITY_COLUMN,
  WHOSE_COLUMNS,
} from './column-groups.ts';
import { hourColumn, offsetColumn, weekColumn } from './time-columns.ts';

export const EXPOSURES = defineTable({
  name: 'exposures',
  grain: 'one recommendation version × clinician × launch',
  description: 'What was in view for a second, once for each launch: D of every rate.',
  key: ['exposure_id'],
  columns: {
    exposure_id: {
      type: 'string',
      description: 'The same for every tab, reload and retry of one launch.',
      source: 'Observation.identifier',
      privacy: 'direct',
    },
    ...RECOMMENDATION_KEY,
    ...WHOSE_COLUMNS,
    ...CLINICIAN_COLUMNS,
    ...SLICE_COLUMNS,
    displayed_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'When headline and score had been in view for a second, by the device’s clock.',
      source: 'Observation.effectiveDateTime',
      term: 'CPS.3.8 #01; A10 displayed_at',
      privacy: 'date',
    },
    displayed_offset_min: offsetColumn('displayed_at'),
    displayed_week: weekColumn('displayed_at'),
    displayed_hour: hourColumn('displayed_at'),
    ...RECORDED_COLUMN,
    app_version: {
      type: 'string',
      nullable: true,
      description: 'Version of the app that showed it.',
      source: 'component app-version',
      term: 'A10 app_version',
      privacy: 'none',
    },
    ...TIME_QUALITY_COLUMN,
    ...STATUS_COLUMN,
    implied: {
      type: 'boolean',
      description:
        'True where no exposure was recorded and an answer proves it: who answered has seen.',
      source: 'a decision without an exposure of the same recommendation version and clinician',
      privacy: 'none',
    },
    exposures_to_date: {
      type: 'integer',
      nullable: true,
      min: 0,
      derived: true,
      description: 'Earlier exposures of this clinician to this model.',
      source: 'exposures before `displayed_at`',
      privacy: 'none',
    },
    alerts_this_encounter: {
      type: 'integer',
      nullable: true,
      min: 0,
      derived: true,
      description: 'Earlier exposures of this clinician in this encounter, of any model.',
      source: 'exposures before `displayed_at`',
      privacy: 'none',
    },
  },
});

export type ExposureRow = RowOf<typeof EXPOSURES>;
