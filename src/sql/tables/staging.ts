import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { EXPOSURES } from '#src/domain/tables/exposures.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import { columnTypes, SOURCE_COLUMNS } from './typed-row.ts';

type Columns = readonly (readonly [name: string, type: string])[];

/** Rows that were read, before anything is derived: each resource and version, as `Sourced` has them. */
const STAGED = {
  scores: [...columnTypes(SCORES), ...SOURCE_COLUMNS],
  recommendations: [
    ...columnTypes(RECOMMENDATIONS),
    ...SOURCE_COLUMNS,
    ['replaces', 'VARCHAR[]'],
    ['identifiers', 'VARCHAR[]'],
    ['action_of', 'VARCHAR[]'],
  ],
  exposures: [...columnTypes(EXPOSURES), ...SOURCE_COLUMNS],
  decisions: [
    ...columnTypes(DECISIONS),
    ...SOURCE_COLUMNS,
    ['replaces_place', 'VARCHAR'],
    ['replaces_some', 'BOOLEAN'],
  ],
  outcomes: [...columnTypes(OUTCOMES), ...SOURCE_COLUMNS],
  encounters: [...columnTypes(ENCOUNTERS), ...SOURCE_COLUMNS],
  patients: [
    ['patient_id', 'VARCHAR'],
    ['birth_date', 'VARCHAR'],
    ['sex', 'VARCHAR'],
    ['race_ethnicity', 'VARCHAR'],
    ['language', 'VARCHAR'],
    ...SOURCE_COLUMNS,
  ],
  unread: [
    ['place', 'VARCHAR'],
    ['identifier', 'VARCHAR'],
    ['replaces_id', 'VARCHAR'],
    ['replaces_place', 'VARCHAR'],
    ['decided_at', 'BIGINT'],
    ['recorded_at', 'BIGINT'],
  ],
} as const satisfies Readonly<Record<string, Columns>>;

export type StagedName = keyof typeof STAGED;
export const STAGED_NAMES: readonly StagedName[] = [
  'scores',
  'recommendations',
  'exposures',
  'decisions',
  'outcomes',
  'encounters',
  'patients',
  'unread',
];

/** What TypeScript read, beside which SQL puts the rest. */
export const typedTable = (name: StagedName): string => `typed_${name}`;

export const stagedColumns = (name: StagedName): Columns => STAGED[name];
