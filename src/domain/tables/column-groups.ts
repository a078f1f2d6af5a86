import { MODEL_STATES } from '../recommendation.ts';
import { defineColumns } from './column.ts';

/**
 * Columns that several tables share under one name, so that every metric is cut by model, version,
 * site, unit, role, risk band and subgroup with the same words, whichever table it counts.
 */
export const MODEL_COLUMNS = defineColumns({
  model_id: {
    type: 'string',
    nullable: true,
    references: 'models.model_id',
    description: 'Identifier of the model; null where none was named.',
    source: 'Device.identifier.value, else the Device reference; component model of a response',
    term: 'A10 model_name',
    privacy: 'none',
  },
  model_version: {
    type: 'string',
    nullable: true,
    references: 'models.model_version',
    description: '`unknown` where a model is named without a version; null where none is named.',
    source: 'Device.version.value; component model-version of a response',
    term: 'A10 model_version',
    privacy: 'none',
  },
});

export const MODEL_STATE_COLUMN = defineColumns({
  model_state: {
    type: 'code',
    nullable: true,
    values: MODEL_STATES,
    description: 'Lifecycle state of the model at that moment; null where nobody wrote it down.',
    source: 'component model-state',
    privacy: 'none',
  },
});

export const ARM_COLUMN = defineColumns({
  arm: {
    type: 'code',
    nullable: true,
    description: 'Study arm: live, silent, blind-first, control or a name of the site’s own.',
    source: 'component arm',
    privacy: 'none',
  },
});

export const PLACE_COLUMNS = defineColumns({
  site: {
    type: 'string',
    nullable: true,
    description: 'Hospital, by the name that the site gave it; null where it is not known.',
    source: 'site settings, by unit or by server',
    term: 'b(11) location',
    privacy: 'quasi',
  },
  unit: {
    type: 'string',
    nullable: true,
    description: 'Unit at that moment, as a Location reference or the name in a table.',
    source: 'extension event-location; Encounter.location of that moment',
    term: 'b(11) location',
    privacy: 'quasi',
  },
});

/** FHIR `administrative-gender`. */
export const SEXES = ['female', 'male', 'other', 'unknown'] as const;
/** The last one is open: Safe Harbor allows no age above 89. */
export const AGE_BANDS = ['0-17', '18-44', '45-64', '65-79', '80-89', '90+'] as const;

export const SUBGROUP_COLUMNS = defineColumns({
  age_band: {
    type: 'code',
    nullable: true,
    values: AGE_BANDS,
    description: 'Age in years at that moment, in bands.',
    source: 'Patient.birthDate',
    privacy: 'quasi',
  },
  sex: {
    type: 'code',
    nullable: true,
    values: SEXES,
    description: 'Administrative gender.',
    source: 'Patient.gender',
    privacy: 'quasi',
  },
  race_ethnicity: {
    type: 'code',
    nullable: true,
    description: 'As the patient’s record says; null where it does not.',
    source: 'Patient.extension us-core-race ombCategory, else us-core-ethnicity',
    privacy: 'quasi',
  },
  language: {
    type: 'code',
    nullable: true,
    description: 'Preferred language, BCP 47.',
    source: 'Patient.communication, the preferred one, else the only one',
    privacy: 'quasi',
  },
  payer: {
    type: 'code',
    nullable: true,
    description: 'Kind of insurance.',
    source: 'Coverage.type; tables',
    privacy: 'quasi',
  },
});

export const RISK_BAND_COLUMN = defineColumns({
  risk_band: {
    type: 'code',
    nullable: true,
    description: 'The producer’s own band; null where it sent none.',
    source: 'prediction.qualitativeRisk; component shown-risk-band',
    privacy: 'none',
  },
});

/** By what every metric is cut; one name and one meaning, whichever table it counts. */
export const SLICE_COLUMNS = defineColumns({
  ...MODEL_COLUMNS,
  ...MODEL_STATE_COLUMN,
  ...PLACE_COLUMNS,
  ...SUBGROUP_COLUMNS,
  ...RISK_BAND_COLUMN,
  ...ARM_COLUMN,
});

export const CLINICIAN_COLUMNS = defineColumns({
  clinician_id: {
    type: 'string',
    description: 'Who it was shown to or who answered.',
    source: 'Observation.performer',
    term: 'b(11) user',
    privacy: 'direct',
  },
  clinician_role: {
    type: 'code',
    nullable: true,
    description: 'Role at that moment, as the code that the EHR sent.',
    source: 'extension event-performerFunction of the performer',
    term: 'A10 user_role',
    privacy: 'quasi',
  },
  specialty: {
    type: 'code',
    nullable: true,
    description: 'Specialty of the clinician.',
    source: 'PractitionerRole.specialty; tables',
    privacy: 'quasi',
  },
});

export const RECOMMENDATION_KEY = defineColumns({
  recommendation_id: {
    type: 'string',
    references: 'recommendations.recommendation_id',
    description: 'The recommendation, as the reference of its resource.',
    source: 'Observation.focus.reference',
    term: 'A10 recommendation_ref',
    privacy: 'direct',
  },
  recommendation_version: {
    type: 'string',
    references: 'recommendations.recommendation_version',
    description: 'Its version, `unknown` where nobody said.',
    source: 'component recommendation-version',
    term: 'A10 recommendation_version',
    privacy: 'none',
  },
});

export const WHOSE_COLUMNS = defineColumns({
  patient_id: {
    type: 'string',
    nullable: true,
    description: 'The patient.',
    source: 'Observation.subject',
    term: 'A10 patient_ref; seismometer entity_id',
    privacy: 'direct',
  },
  encounter_id: {
    type: 'string',
    nullable: true,
    references: 'encounters.encounter_id',
    description: 'The encounter; null where the source named none.',
    source: 'Observation.encounter',
    term: 'A10 encounter_ref; seismometer context_id',
    privacy: 'direct',
  },
});

export const RECORDED_COLUMN = defineColumns({
  recorded_at: {
    type: 'instant',
    nullable: true,
    unit: 'ms',
    description: 'When the server stored this version, by the server’s clock.',
    source: 'meta.lastUpdated',
    privacy: 'date',
  },
});

/** What a record still says: a retraction keeps its row, so that an export keeps the history. */
export const STATUS_COLUMN = defineColumns({
  status: {
    type: 'code',
    values: ['final', 'entered-in-error'],
    description: '`entered-in-error`: taken back; it counts nowhere.',
    source: 'status',
    privacy: 'none',
  },
});

/** Two clocks disagree, or none was exact: the row stays, and says so. */
export const TIME_QUALITY_COLUMN = defineColumns({
  time_quality: {
    type: 'code',
    derived: true,
    values: ['ok', 'imprecise', 'ahead-of-server', 'before-recommendation'],
    description:
      '`imprecise`: no exact instant was sent. `ahead-of-server`: more than two minutes after the server had stored it; week and hour are then the server’s. `before-recommendation`: more than two minutes before the recommendation was made.',
    source: 'the time of the row, recorded_at, fired_at',
    privacy: 'none',
  },
});
