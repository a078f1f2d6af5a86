import type { Column, Table } from '#src/domain/tables/column.ts';
import { csvLine } from './csv-text.ts';

/** REDCap's 18 columns, by its own names and in its order. */
export const REDCAP_COLUMNS = [
  'Variable / Field Name',
  'Form Name',
  'Section Header',
  'Field Type',
  'Field Label',
  'Choices, Calculations, OR Slider Labels',
  'Field Note',
  'Text Validation Type OR Show Slider Number',
  'Text Validation Min',
  'Text Validation Max',
  'Identifier?',
  'Branching Logic (Show field only if...)',
  'Required Field?',
  'Custom Alignment',
  'Question Number (surveys only)',
  'Matrix Group Name',
  'Matrix Ranking?',
  'Field Annotation',
] as const;

type Field = Partial<Record<(typeof REDCAP_COLUMNS)[number], string | number>>;

const line = (field: Field): string => csvLine(REDCAP_COLUMNS.map((name) => field[name] || null));

/** A choice is `code, label`; a bar would begin the next one. */
const choices = (words: readonly string[]): string =>
  words.map((word) => `${word}, ${word}`).join(' | ');

const VALIDATION: Partial<Readonly<Record<Column['type'], string>>> = {
  integer: 'integer',
  number: 'number',
  date: 'date_ymd',
};

function fieldOf(table: Table, name: string, column: Column): Field {
  const { type, values, min, max, nullable, privacy, description, unit } = column;
  const words = type === 'boolean' ? ['true', 'false'] : values;
  const open = words === undefined;
  return {
    // One name may stand in several tables, and REDCap knows one of each.
    'Variable / Field Name': `${table.name}_${name}`,
    'Form Name': table.name,
    'Field Type': open ? (privacy === 'text' ? 'notes' : 'text') : 'dropdown',
    'Field Label': description,
    ...(words && { 'Choices, Calculations, OR Slider Labels': choices(words) }),
    'Field Note':
      type === 'instant' ? 'ISO 8601 with offset, as text' : unit === undefined ? '' : `in ${unit}`,
    ...(open && { 'Text Validation Type OR Show Slider Number': VALIDATION[type] ?? '' }),
    ...(open && min !== undefined && { 'Text Validation Min': min }),
    ...(open && max !== undefined && { 'Text Validation Max': max }),
    'Identifier?': open && privacy !== 'none' ? 'y' : '',
    'Required Field?': nullable ? '' : 'y',
  };
}

/** A REDCap data dictionary, one form for each table; the first field is `record_id`. */
export function redcapDictionary(tables: readonly Table[]): string {
  const [first] = tables;
  const record: Field = {
    'Variable / Field Name': 'record_id',
    'Form Name': first?.name ?? 'record',
    'Field Type': 'text',
    'Field Label': 'Record: number the rows of a table from 1.',
  };
  const fields = tables.flatMap((table) =>
    Object.entries(table.columns).map(([name, column]) => fieldOf(table, name, column)),
  );
  return [csvLine(REDCAP_COLUMNS), line(record), ...fields.map(line)].join('');
}
