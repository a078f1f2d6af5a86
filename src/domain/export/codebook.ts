import type { Profile } from '#src/domain/privacy/profile.ts';
import { section } from '#src/domain/tables/dictionary.ts';
import type { WrittenTable } from './datapackage.ts';

const PROFILE_WORDS: Readonly<Record<Profile, string>> = {
  operational:
    'Identified data, for the hospital itself: real references, exact times. Exact counts. Not to be passed on.',
  limited:
    'A limited data set (45 CFR 164.514(e)): times are exact, people and records have random names. It may go to who has signed a data use agreement. It does not claim that nobody can be found again.',
  deidentified:
    'After Safe Harbor (45 CFR 164.514(b)(2)): random names, the year of a patient’s time zero and milliseconds from it, no text that was on no list. SAFE-HARBOR.md says how each of the 18 identifiers is met, and what remains to be judged.',
};

/** Which files there are, what every column is, what empty means. @param freeText comments and titles are in it. */
export const codebook = (
  tables: readonly WrittenTable[],
  profile: Profile,
  freeText: boolean,
): string =>
  `# Codebook

Profile \`${profile}\`. ${PROFILE_WORDS[profile]}
${freeText ? '\n**Free text is in these files, as it was typed. It may name people: treat it as identifying.**\n' : ''}
- **Empty** means not known: nothing between two commas in CSV, \`null\` in NDJSON and Parquet. \`""\` in CSV would be a text without letters; no column has one.
- **Times** in CSV and NDJSON are ISO 8601 with the offset with which they were sent (\`Z\` where none was kept); in Parquet they are UTC timestamps in milliseconds, and the offset has a column of its own.
- **Formulas.** A text in CSV that a spreadsheet would run (it begins with \`= + - @\`, a tab or a line end) has an apostrophe before it. To undo: where a cell matches \`^'+[=+\\-@\\t\\r\\n]\`, take its first apostrophe away. NDJSON and Parquet hold the text as it is.
- **A reference may lead nowhere**: to a row that was never sent, or was stored before \`--since\`.
- **Derived** columns follow from other rows or from the site’s settings.

| table | rows | one row is | files |
| --- | --- | --- | --- |
${tables
  .map(
    ({ table, rows, files }) =>
      `| [${table.name}](#${table.name}) | ${rows} | ${table.grain} | ${files.map(({ path }) => `\`${path}\``).join(', ')} |`,
  )
  .join('\n')}

${tables.map(({ table }) => section(table)).join('\n')}`;
