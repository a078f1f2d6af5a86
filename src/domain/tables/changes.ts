import { defineTable, type RowOf } from './column.ts';
import { MODEL_COLUMNS, PLACE_COLUMNS, RECORDED_COLUMN, STATUS_COLUMN } from './column-groups.ts';

export const CHANGES = defineTable({
  name: 'changes',
  grain: 'one change to a model, its threshold, the interface or a policy',
  description: 'The log that every chart over time is annotated with.',
  key: ['change_id'],
  columns: {
    change_id: {
      type: 'string',
      description: 'The change.',
      source: 'Observation.identifier, else its reference',
      privacy: 'none',
    },
    kind: {
      type: 'code',
      values: ['version', 'threshold', 'interface', 'policy', 'state', 'other'],
      description: 'What was changed.',
      source: 'Observation.value; `state` for an Observation model-state',
      privacy: 'none',
    },
    ...MODEL_COLUMNS,
    ...PLACE_COLUMNS,
    changed_at: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'From when it was in force.',
      source: 'Observation.effectivePeriod.start, effectiveDateTime',
      privacy: 'none',
    },
    until: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'Until when; null where no end was set.',
      source: 'Observation.effectivePeriod.end',
      privacy: 'none',
    },
    from_value: {
      type: 'string',
      nullable: true,
      description: 'What it was before.',
      source: 'component from',
      privacy: 'none',
    },
    to_value: {
      type: 'string',
      nullable: true,
      description: 'What it is now: a version, a threshold, a state.',
      source: 'component to; Observation.value of a model-state',
      privacy: 'none',
    },
    description: {
      type: 'string',
      nullable: true,
      description: 'In words.',
      source: 'Observation.note',
      privacy: 'text',
    },
    approved_by: {
      type: 'string',
      nullable: true,
      description: 'Who approved it.',
      source: 'Observation.performer',
      privacy: 'direct',
    },
    ...RECORDED_COLUMN,
    ...STATUS_COLUMN,
  },
});

export type ChangeRow = RowOf<typeof CHANGES>;
