import type { Column, Table } from './column.ts';
import { RESPONSE_UNITS } from './response-units.ts';
import { SCHEMA_VERSION, TABLES } from './schema.ts';

const INTRODUCTION = `# Flat tables

Every metric, signal and export is defined on these tables. This page is written from the schema in
\`src/domain/tables\` by \`node src/cli/write-dictionary.ts\`; change it there. Schema version ${SCHEMA_VERSION}.

- **Instants** are whole milliseconds since 1970 in UTC, so that every engine compares the same integers. The offset that was sent stands in a column of its own. A day without a time, or a time without an offset, is no instant and stays empty.
- **Weeks and hours** are those of the site: each site states its IANA time zone. The hour that autumn has twice is one hour of the day; a week may have 167 or 169 hours. Durations come from instants and know nothing of daylight saving.
- **Identifiers** are FHIR references relative to the EHR, absolute where they lie on another server. They are what an export replaces first.
- **Empty** means not known. No column has a word for it beside \`unknown\`, which somebody said.
- **Derived** columns follow from other rows or from the site's settings; no resource holds them.
- **Privacy**: \`direct\` identifies a person by itself, a clinician too; \`quasi\` does so with others; \`date\` is a time of care; \`text\` was typed by somebody; \`none\` may go anywhere.

The tables are a function of the set of resources: the same rows come out in whatever order they
arrived, however often, and however late.

| what happens | what the tables say |
| --- | --- |
| A clinician changes an answer | Both rows stay; the later one names the earlier in \`replaces_id\` and is the head. After the time to respond (24 h) a change no longer alters \`response\`, only \`final_response\`. |
| An answer is taken back, by mark or by a \`withdrawn\` row | Nothing counts, whenever it comes, and nothing earlier is revived. |
| An answer replaces one that is not there (yet) | It counts; once the other arrives it is history. |
| An answer cannot be read | A row with \`response\` \`unknown\` where it says what it replaces: that no longer counts, and nothing does in its place. |
| The same answer on two servers, or delivered twice | One row, by its identifier: a valid copy before a retracted one, then the fuller one. |
| A chart that takes no feedback holds it as words | Read back with what the words still say; dropped where the whole answer is at hand (same recommendation, clinician, word and minute). |
| No exposure was recorded before an answer | One exposure, marked \`implied\`. Where all are implied, rates over D are not shown. |
| Several clinicians answer | One unit each. At recommendation level: the first answer that is no deferral, and whether they disagree. |
| Two answers of one clinician count | The later one is taken, and \`conflict\` says so. |
| A clock is ahead of the server's by more than 2 min | \`time_quality\` says so; the time stays as sent; week, hour and the time to respond are the server's; no elapsed time. |
| An answer is more than 2 min before its recommendation | \`time_quality\` says so; no elapsed time. |
| A new version of a recommendation | A new row and a new unit; the earlier is \`superseded\`. An answer to the new version takes nothing from the earlier one. |
| A score is below the threshold in force then | A row in \`scores\` with \`fired\` false, none in \`recommendations\`. |
| A connection check wrote a test answer | No row, retracted or not: it is tagged \`connection-check\`. Other test data is data. |

## A log of your own

Without the app and without FHIR: one file for each table that you have, \`decisions.csv\` (RFC 4180, UTF-8, with a header), \`decisions.ndjson\` (either also with \`.gz\`) or \`decisions.parquet\`, in one folder, for \`clinician-feedback metrics --tables DIR\`. Columns in any order; those that no table knows are left aside.

Enough to begin with is \`decisions\` with \`decision_id\`, \`recommendation_id\`, \`clinician_id\`, \`response\` and \`decided_at\`. Each further column is a further cut, and each further table a further metric: \`exposures\` for everything that is of displays, \`recommendations\` for what nobody saw, \`encounters\` for burden, \`scores\` and \`outcomes\` for accuracy. A table that is not there is absent, and is not taken for empty.

- An instant may be written with its offset (\`2026-03-02T08:00:00+01:00\`), in milliseconds, or as a Parquet timestamp. A time without an offset is refused: nobody could say which hour it was.
- What a log seldom says, because there it is always so, may be left out: \`status\` (\`final\`; recommendations \`current\`), \`recommendation_version\` and \`score_version\` (\`unknown\`), \`time_quality\` (\`ok\`), \`sink\` and \`label_source\` (\`table\`), \`prediction\` (0), \`implied\`, \`comment_present\` and \`censored\` (false).
- What follows from other columns is filled in where it is not there: weeks, displays that only an answer proves, earlier exposures, \`fired\` from score and threshold.
- A cell that does not fit stops the command, which names file, row, column and cure, and never the value.
`;

const escaped = (text: string): string => text.replaceAll('|', '\\|');

const limitsOf = ({ min, max }: Column): string =>
  min === undefined && max === undefined ? '' : `${min ?? ''}–${max ?? ''}`;

function typeOf(column: Column): string {
  const words = column.values?.map((word) => `\`${word}\``).join(', ');
  return [column.type, column.unit && `in ${column.unit}`, limitsOf(column), words]
    .filter((part) => part)
    .join(' · ');
}

function markOf(table: Table, name: string, column: Column): string {
  return [
    table.key.includes(name) ? 'key' : '',
    column.references === undefined ? '' : `→ \`${column.references}\``,
    column.nullable ? 'may be empty' : '',
    column.derived ? 'derived' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const line = (table: Table, name: string, column: Column): string =>
  `| ${[
    `\`${name}\``,
    typeOf(column),
    markOf(table, name, column),
    column.description,
    column.term === undefined ? column.source : `${column.source} (${column.term})`,
    column.privacy,
  ]
    .map(escaped)
    .join(' | ')} |`;

/** One table of the dictionary; a codebook is made of the tables that were written. */
export const section = (table: Table): string => `## ${table.name}

One row: ${table.grain}. ${table.description}

| column | type | | what it is | from (and in other standards) | privacy |
| --- | --- | --- | --- | --- | --- |
${Object.entries(table.columns)
  .map(([name, column]) => line(table, name, column))
  .join('\n')}
`;

/** The data dictionary in Markdown, whole: `docs/tables.md` is this and nothing else. */
export const dictionary = (): string =>
  [
    INTRODUCTION,
    ...Object.values(TABLES).map(section),
    'Made from the tables above, for a stated time to respond:\n',
    section(RESPONSE_UNITS),
  ].join('\n');
