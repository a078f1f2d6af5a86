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
import { ANSWER_COLUMNS, MEASURED_COLUMNS } from './decision-columns.ts';
import { hourColumn, offsetColumn, weekColumn } from './time-columns.ts';

export const DECISIONS = defineTable({
  name: 'decisions',
  grain: 'one answer',
  description:
    'Append-only: a change of mind is a further row that names the earlier one. R, A, M, O and Df of every rate are counted from the heads of these chains.',
  key: ['decision_id'],
  columns: {
    decision_id: {
      type: 'string',
      description: 'Made when the answer was given: copies on several servers share it.',
      source: 'Observation.identifier, else the reference of the resource',
      term: 'A10 feedback_id',
      privacy: 'direct',
    },
    replaces_id: {
      type: 'string',
      nullable: true,
      references: 'decisions.decision_id',
      description: 'The earlier answer that this one replaces or withdraws.',
      source: 'extension observation-replaces',
      term: 'A10 supersedes_id',
      privacy: 'direct',
    },
    ...RECOMMENDATION_KEY,
    recommendation_identifier: {
      type: 'string',
      nullable: true,
      description: 'Identifier of the recommendation, where the answer names one.',
      source: 'Observation.focus.identifier.value',
      privacy: 'direct',
    },
    exposure_id: {
      type: 'string',
      nullable: true,
      derived: true,
      references: 'exposures.exposure_id',
      description: 'The last exposure of this clinician to this version before the answer.',
      source: 'exposures',
      privacy: 'direct',
    },
    ...WHOSE_COLUMNS,
    ...CLINICIAN_COLUMNS,
    ...SLICE_COLUMNS,
    ...ANSWER_COLUMNS,
    decided_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description:
        'When the clinician answered, by the device’s clock; null where only a day is known.',
      source: 'Observation.effectiveDateTime',
      term: 'b(11) date; A10 decided_at',
      privacy: 'date',
    },
    decided_offset_min: offsetColumn('decided_at'),
    decided_week: weekColumn('decided_at'),
    decided_hour: hourColumn('decided_at'),
    ...MEASURED_COLUMNS,
    ...RECORDED_COLUMN,
    ...TIME_QUALITY_COLUMN,
    ...STATUS_COLUMN,
    is_head: {
      type: 'boolean',
      nullable: true,
      derived: true,
      description:
        'Counts now: nothing replaces it, it is not taken back and says something that can be read. Two heads of one clinician are a conflict.',
      source: 'all rows that name it in `replaces_id`',
      privacy: 'none',
    },
    sink: {
      type: 'code',
      values: ['hospital-store', 'fhir-observation', 'epic-flowsheet', 'document-note', 'table'],
      description: 'Where this row was read; the fullest place, where several hold the answer.',
      source: 'the server and the form that were read',
      term: 'A10 sink',
      privacy: 'none',
    },
    attested_done: {
      type: 'boolean',
      nullable: true,
      derived: true,
      description:
        'An attested action was found in the chart in time; null where none was attested.',
      source: 'outcomes of kind `action`',
      privacy: 'none',
    },
    late_adherence_24h: {
      type: 'boolean',
      nullable: true,
      derived: true,
      description: 'Overridden, and the action followed within 24 h; null for other answers.',
      source: 'outcomes of kind `action`',
      privacy: 'none',
    },
  },
});

export type DecisionRow = RowOf<typeof DECISIONS>;
