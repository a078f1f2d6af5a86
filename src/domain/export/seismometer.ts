import { defineTable, type Table } from '#src/domain/tables/column.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { type Plain, yaml } from './yaml.ts';

/**
 * What seismometer reads (github.com/epic-open-source/seismometer, `configuration/model.py` of v0.5).
 * Opened by it in `tests/cli/export-readers.test.ts`, where it is installed.
 */
const { patient_id, encounter_id, score } = SCORES.columns;
// pandas has one type for instants with a zone and one for those without; the tool casts to the second.
const scored_at = { ...SCORES.columns.scored_at, zoneless: true } as const;
const COHORTS = ['age_band', 'sex', 'race_ethnicity', 'language', 'payer', 'site', 'unit'] as const;

/** Columns that a cohort may be made of are those of `scores`. */
const cohortColumns = Object.fromEntries(
  COHORTS.map((name) => [name, { ...SCORES.columns[name], type: 'string' as const }]),
);

export const PREDICTIONS: Table = {
  name: 'predictions',
  grain: 'one score',
  description: 'All scores of one model that count.',
  key: [],
  columns: {
    entity_id: patient_id,
    context_id: encounter_id,
    predict_time: scored_at,
    score,
    ...cohortColumns,
  },
};

export const EVENTS = defineTable({
  name: 'events',
  grain: 'one label, action or answer',
  description: 'What came after a score.',
  key: [],
  columns: {
    entity_id: patient_id,
    context_id: encounter_id,
    Type: {
      type: 'string',
      description: 'What happened: a label, an action (`action …`), or an answer.',
      source: 'outcomes, decisions',
      privacy: 'none',
    },
    Time: { ...scored_at, description: 'When.' },
    Value: {
      type: 'number',
      description: '1: it happened. 0: looked for, and not found.',
      source: 'outcomes.label; 1 for actions and answers',
      privacy: 'none',
    },
  },
});

/** Answers as events; the word of the flat table, and how seismometer lists it. */
export const ANSWER_EVENTS: Readonly<Record<string, string>> = {
  accepted: 'Accepted',
  'accepted-modified': 'Accepted with changes',
  overridden: 'Overridden',
  deferred: 'Deferred',
};

/** One model, as its scores describe it. */
export interface ScoredModel {
  readonly id: string;
  readonly thresholds: readonly number[];
  /** Event that is predicted; null where no score says. */
  readonly target: string | null;
  readonly horizonH: number | null;
  /** Actions that the events hold. */
  readonly actions: readonly string[];
}

const answerEvents: readonly Plain[] = Object.values(ANSWER_EVENTS).map((name) => ({
  source: name,
  usage: 'intervention',
  merge_strategy: 'forward',
}));

/** @param least rows that a cohort must have to be drawn. */
export const usageConfig = (model: ScoredModel, least: number): string =>
  yaml({
    data_usage: {
      entity_id: 'entity_id',
      context_id: 'context_id',
      primary_output: 'score',
      primary_target: model.target ?? 'unknown',
      predict_time: 'predict_time',
      outputs: [],
      cohorts: COHORTS.map((source) => ({ source })),
      event_table: { type: 'Type', time: 'Time', value: 'Value' },
      events: [
        {
          source: model.target ?? 'unknown',
          ...(model.horizonH !== null && { window_hr: model.horizonH }),
          offset_hr: 0,
          impute_val: 0,
          usage: 'target',
          aggregation_method: 'max',
          merge_strategy: 'forward',
        },
        ...model.actions.map((source) => ({
          source,
          usage: 'intervention',
          merge_strategy: 'forward',
        })),
        ...answerEvents,
      ],
      censor_min_count: least,
    },
  });

/** `config.yml`: where the other files are, seen from the folder of the model. */
export const mainConfig = (): string =>
  yaml({
    other_info: {
      usage_config: 'usage_config.yml',
      event_definition: '../dictionary.yml',
      prediction_definition: '../dictionary.yml',
      info_dir: 'outputs',
      data_dir: '.',
      event_path: '../events.parquet',
      prediction_path: 'predictions.parquet',
      metadata_path: 'metadata.json',
    },
  });

/** The tool casts predictions to these, and joins events to them by keys that must stay plain texts. */
const dtypeOf = (name: string, type: string): string => {
  if (name === 'entity_id' || name === 'context_id') return 'object';
  return { instant: 'datetime64[ns]', number: 'float' }[type] ?? 'category';
};

const items = (table: Table): readonly Plain[] =>
  Object.entries(table.columns).map(([name, { type, description }]) => ({
    name,
    dtype: dtypeOf(name, type),
    definition: description,
  }));

export const dictionaryYaml = (types: readonly string[]): string =>
  yaml({
    predictions: items(PREDICTIONS),
    events: types.map((name) => ({
      name,
      dtype: 'float',
      definition: EVENTS.columns.Type.description,
    })),
  });

export const metadataJson = ({ id, thresholds }: ScoredModel): string =>
  `${JSON.stringify({ modelname: id, thresholds: thresholds.length > 0 ? thresholds : [0.5] }, null, 2)}\n`;

export const SEISMOMETER_README = `# seismometer bundle

Made to the published format of seismometer 0.5, and opened by its start-up: scores, events, cohorts and
thresholds load. **Untested**: its pages and reports.

One folder for each model with scores, \`model-01\` and so on; \`metadata.json\` says which. Events are
shared. Open a folder, start a notebook there and call \`sm.run_startup(config_path=".")\`.

- A label of 0 stands only where a time is known; all others are imputed as 0.
- Instants are in UTC and say no zone, since the tool takes none.
- Scores that are not a probability need their threshold in \`metadata.json\`; 0.5 stands where none is known.
- In a de-identified package every patient's time begins on 1970-01-01: only intervals mean anything.
`;
