type Line = readonly [item: string, asks: string, columns: string];

/** Item numbers as published: Collins et al. 2024, BMJ 385:e078378. */
const TRIPOD_AI: readonly Line[] = [
  ['5a', 'Sources of data and their representativeness', '`manifest.json` (`source`, `rows`)'],
  [
    '5b',
    'Dates of the data',
    '`decisions.decided_at`, `exposures.displayed_at`; de-identified: `zero_year`',
  ],
  ['6a', 'Setting, number and location of centres', '`site`, `unit`; `encounters`'],
  ['6b', 'Eligibility of participants', 'yours to state; all that was displayed is in `exposures`'],
  [
    '6c',
    'Treatments received and how they were handled',
    '`outcomes` of kind `action`; `decisions.action_code`',
  ],
  [
    '8a',
    'Outcome, horizon, how and when assessed',
    '`outcomes.outcome_code`, `rule`, `label_at`, `label_source`; `scores.horizon_h`',
  ],
  [
    '8b',
    'Who assessed a subjective outcome',
    '`outcomes.label_source`; `reviews.reviewer_id`, `blinded`',
  ],
  ['10', 'Sample size', '`manifest.json` (`rows`), `views/adoption.csv`'],
  ['11', 'Missing data', 'empty cells; `outcomes.censored`; `time_quality`'],
  ['12e', 'Measures of performance', '`scores.score`, `threshold`, `fired`, with `outcomes.label`'],
  ['14', 'Fairness', '`age_band`, `sex`, `race_ethnicity`, `language`, `payer`'],
  [
    '15',
    'Output of the model and thresholds',
    '`scores.score`, `score_scale`, `threshold`, `risk_band`',
  ],
  ['18d', 'Availability of data', 'this package; `manifest.json` (`profile`, `removed`)'],
  ['18f', 'Availability of code', '`starter.R`, `starter.py`'],
  [
    '20a',
    'Flow of participants',
    '`recommendations` → `exposures` → `response_units` → `outcomes`',
  ],
  ['20b', 'Characteristics of participants', 'subgroup columns of `encounters`'],
  [
    '23a',
    'Performance with intervals, in subgroups',
    '`scores` with `outcomes`; intervals by cluster `clinician_id`, `unit`',
  ],
  ['24', 'Updating of the model', '`changes`, `models.model_version`'],
];

/** Item numbers as published: Vasey et al. 2022, Nature Medicine 28:924. */
const DECIDE_AI: readonly Line[] = [
  [
    '2a',
    'Medical condition, and intended use',
    '`recommendations.kind`, `outcome_code`; the model card',
  ],
  ['3a', 'Patients: inclusion', '`encounters`, `exposures.patient_id`'],
  [
    '3b',
    'Users: who, and how recruited',
    '`exposures.clinician_id`, `clinician_role`, `specialty`',
  ],
  ['4a', 'AI system and version', '`model_id`, `model_version`; `app_version` of the interface'],
  ['4c', 'Output, and how it was shown', '`shown_probability`, `risk_band`, `arm`'],
  ['5a', 'Settings', '`site`, `unit`, `encounter_class`'],
  [
    '5b',
    'Workflow in which it was used',
    '`exposures.displayed_at`, `alerts_this_encounter`, `decisions.deferred_until`',
  ],
  ['6a', 'How significant errors were identified', '`incidents`, `reviews`'],
  ['7', 'Human factors', '`dwell_ms`, `evidence_opened`, `usefulness`, `reason_code`'],
  ['9a', 'Patients: numbers and characteristics', 'subgroup columns of `encounters`'],
  [
    '9b',
    'Users: numbers and characteristics',
    '`clinician_role`, `specialty`, `exposures_to_date`',
  ],
  ['10a', 'Exposure of users to the system', '`exposures`; `response_units.displays`, `implied`'],
  ['10b', 'Changes to the workflow', '`changes` of kind `interface` and `policy`'],
  ['11', 'Modifications of the system during the study', '`changes`; `models.model_state`'],
  [
    '12',
    'Agreement of user and system',
    '`response_units.response`, `final_response`; `views/adoption.csv`; `reason_code`',
  ],
  [
    '13a',
    'Safety: errors and malfunctions',
    '`incidents`; `reason_code` = `ai-unsafe`, `ai-input-wrong`',
  ],
  ['13b', 'Risks to patients', '`incidents.merp`, `harm`, `ai_attributable`; `reviews.harm`'],
  ['14a', 'Usability', '`dwell_ms`, `evidence_opened`, `usefulness`'],
  ['14b', 'Learning curves', '`exposures_to_date` with `response`'],
];

const table = (lines: readonly Line[]): string =>
  `| item | asks for | here |\n| --- | --- | --- |\n${lines.map((one) => `| ${one.join(' | ')} |`).join('\n')}\n`;

/** Where a reporting guideline's items are answered. @param names of the tables in this package. */
export const reportingMap = (names: readonly string[]): string =>
  `# Where reporting guidelines find their answers

Items that these data say something about; the others are yours to write. Numbers are those of the
published lists: compare them with the list that your journal asks for. Tables in this package:
${names.map((name) => `\`${name}\``).join(', ')}; what is named below and is not among them was not recorded.

## TRIPOD+AI

${table(TRIPOD_AI)}
## DECIDE-AI

${table(DECIDE_AI)}`;
