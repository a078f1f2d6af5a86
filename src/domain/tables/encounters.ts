import { defineTable, type RowOf } from './column.ts';
import { PLACE_COLUMNS, STATUS_COLUMN, SUBGROUP_COLUMNS } from './column-groups.ts';

export const ENCOUNTERS = defineTable({
  name: 'encounters',
  grain: 'one stay on one unit within one encounter',
  description: 'Denominators of burden: encounters and patient-days, by unit.',
  key: ['encounter_id', 'stay'],
  columns: {
    encounter_id: {
      type: 'string',
      description: 'The encounter.',
      source: 'reference of the Encounter',
      privacy: 'direct',
    },
    stay: {
      type: 'integer',
      min: 0,
      description: 'Place among the stays of this encounter in time, from 0.',
      source: 'Encounter.location, by period',
      privacy: 'none',
    },
    patient_id: {
      type: 'string',
      nullable: true,
      description: 'The patient.',
      source: 'Encounter.subject',
      privacy: 'direct',
    },
    encounter_class: {
      type: 'code',
      nullable: true,
      description: 'Inpatient, emergency, ambulatory and so on (v3-ActCode).',
      source: 'Encounter.class',
      privacy: 'none',
    },
    specialty: {
      type: 'code',
      nullable: true,
      description: 'Service that looks after the patient.',
      source: 'Encounter.serviceType',
      privacy: 'quasi',
    },
    ...PLACE_COLUMNS,
    ...SUBGROUP_COLUMNS,
    stay_start: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'Arrival on the unit.',
      source: 'Encounter.location.period.start, else Encounter.period.start',
      privacy: 'date',
    },
    stay_end: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'Departure from the unit; null while the patient is there.',
      source: 'Encounter.location.period.end, else Encounter.period.end',
      privacy: 'date',
    },
    encounter_end: {
      type: 'instant',
      nullable: true,
      unit: 'ms',
      description: 'End of the whole encounter; null while it lasts.',
      source: 'Encounter.period.end',
      privacy: 'date',
    },
    ...STATUS_COLUMN,
  },
});

export type EncounterRow = RowOf<typeof ENCOUNTERS>;
