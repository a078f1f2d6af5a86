import { defineTable, type RowOf } from './column.ts';
import { PLACE_COLUMNS } from './column-groups.ts';

export const SHIFTS = defineTable({
  name: 'shifts',
  grain: 'one shift of one clinician on one unit',
  description: 'Optional; metrics that need it are absent without it. FHIR has no roster: a table.',
  key: ['shift_id'],
  columns: {
    shift_id: {
      type: 'string',
      description: 'The shift.',
      source: 'table of the roster',
      privacy: 'direct',
    },
    clinician_id: {
      type: 'string',
      description: 'Who worked, by the identifier that answers have.',
      source: 'table of the roster',
      privacy: 'direct',
    },
    clinician_role: {
      type: 'code',
      nullable: true,
      description: 'Role in this shift.',
      source: 'table of the roster',
      privacy: 'quasi',
    },
    ...PLACE_COLUMNS,
    shift_start: {
      type: 'instant',
      unit: 'ms',
      description: 'Start.',
      source: 'table of the roster',
      privacy: 'date',
    },
    shift_end: {
      type: 'instant',
      unit: 'ms',
      description: 'End, not included.',
      source: 'table of the roster',
      privacy: 'date',
    },
  },
});

export type ShiftRow = RowOf<typeof SHIFTS>;
