import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { codebook } from '#src/domain/export/codebook.ts';
import { csvLine } from '#src/domain/export/csv-text.ts';
import { datapackage, type WrittenTable } from '#src/domain/export/datapackage.ts';
import { manifest } from '#src/domain/export/manifest.ts';
import { planTable } from '#src/domain/privacy/protected-table.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { type PackageTarget, writeText } from '#src/io/tables-out/package-target.ts';
import type { PackageOptions } from '#src/io/tables-out/write-package.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import { csvLines } from '#src/sql/tables/csv-lines.ts';
import type { Database } from './database.ts';

/** One column, which the engine is to write as it stands: the lines are quoted and guarded already. */
const AS_IT_STANDS = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\u001e'";

type Options = Pick<PackageOptions, 'freeText' | 'appVersion' | 'writtenAt' | 'origin'>;

/**
 * Answers alone, identified, as CSV: the engine writes the file that `writePackage` would, byte for byte.
 * Only for the operational profile, in which no cell is changed, but for free text that is left out.
 */
export async function writeAnswers(
  db: Database,
  target: PackageTarget,
  options: Options,
): Promise<readonly WrittenTable[]> {
  const { table } = planTable(DECISIONS, 'operational', options.freeText);
  const path = join(db.folder, 'decisions.csv');
  // A line and its key are put in order for less than fifty cells are.
  const lines = csvLines(table, `SELECT * FROM ${DECISIONS.name}`, DECISIONS.key);
  const key = DECISIONS.key.map((name) => `"${name}"`).join(', ');
  const [counted] =
    await db.rows(`COPY (SELECT line || chr(13) AS line FROM (${lines}) ORDER BY ${key})
    TO ${text(path)} (${AS_IT_STANDS})`);
  const file = await target.open('csv/decisions.csv');
  await file.write(new TextEncoder().encode(csvLine(Object.keys(table.columns))));
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    await file.write(chunk);
  const written = [
    {
      table,
      rows: Number(counted?.Count),
      files: [{ ...(await file.close()), format: 'csv' as const }],
    },
  ];
  const about = {
    name: 'clinician-feedback',
    title: 'Clinician feedback on AI recommendations: answers, operational',
    version: options.appVersion,
  };
  const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
  const files = [
    ...written.flatMap((one) => one.files),
    await writeText(target, 'datapackage.json', json(datapackage(written, about))),
    await writeText(target, 'codebook.md', codebook(written, 'operational', options.freeText)),
  ];
  const parts = { ...options, profile: 'operational' as const, keyed: false, removals: [] };
  await writeText(target, 'manifest.json', json(manifest({ ...parts, tables: written, files })));
  return written;
}
