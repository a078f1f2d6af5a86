import { ADOPTION, adoptionTable } from '#src/domain/export/adoption-table.ts';
import { codebook } from '#src/domain/export/codebook.ts';
import {
  datapackage,
  type WrittenFile,
  type WrittenTable,
} from '#src/domain/export/datapackage.ts';
import { manifest, type Origin } from '#src/domain/export/manifest.ts';
import type { Profile } from '#src/domain/privacy/profile.ts';
import type { Protected } from '#src/domain/privacy/protect.ts';
import { removals } from '#src/domain/privacy/removals.ts';
import type { Surrogates } from '#src/domain/privacy/surrogates.ts';
import type { Words } from '#src/domain/privacy/words.ts';
import type { Table } from '#src/domain/tables/column.ts';
import type { Format, Row } from './encoder.ts';
import { extraFiles } from './extra-files.ts';
import { feedbackFile } from './feedback-file.ts';
import { type PackageTarget, writeText } from './package-target.ts';
import { protection } from './protection.ts';
import type { RowSource } from './row-source.ts';
import { seismometerFiles } from './seismometer-files.ts';
import { openTable } from './table-files.ts';

export interface PackageOptions {
  readonly profile: Profile;
  /** Comments and titles, as they were typed; never with `deidentified`. */
  readonly freeText: boolean;
  readonly formats: readonly Format[];
  readonly surrogates: Surrogates;
  /** Whether the surrogates outlive this package. */
  readonly keyed: boolean;
  /** Words that the site states, by column. */
  readonly words: Words;
  readonly appVersion: string;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly origin: Origin;
  /** After each piece; throws to stop. */
  readonly progress: (table: string, rows: number) => void;
}

/** So many rows are in memory at a time, beside what a file format keeps. */
const AT_ONCE = 5000;

export async function* batches(
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What else is made of the rows as they pass by, after they were protected. */
export interface Onlooker {
  see(table: string, rows: readonly Row[]): Promise<void>;
}

/**
 * A research package: tables, what describes them, and what other tools expect. The manifest comes last,
 * with the hash of every other file. Throws where the target fails or `progress` throws.
 */
export async function writePackage(
  source: RowSource,
  target: PackageTarget,
  options: PackageOptions,
): Promise<readonly WrittenTable[]> {
  if (options.profile === 'deidentified' && options.freeText)
    throw new RangeError('Free text has no place in a de-identified package.');
  const removed = removals();
  const protect = await protection(source, options, removed);
  const adoption = adoptionTable();
  const feedback = await feedbackFile(target);
  const seismometer = await seismometerFiles(target);
  const tables: WrittenTable[] = [];
  for (const table of source.tables) {
    const own = protect(table);
    const onlooker: Onlooker = {
      async see(name, rows) {
        if (name === 'response_units') for (const row of rows) adoption.see(row);
        await feedback.see(name, rows);
        await seismometer.see(name, rows);
      },
    };
    tables.push(await writeTable(source, target, own, onlooker, options));
  }
  const more = [await writeRows(target, ADOPTION, adoptionRows()), ...(await feedback.close())];
  const extras = [
    ...(await seismometer.close()),
    ...(await extraFiles(target, [...tables, ...more], options)),
  ];
  const { profile, freeText } = options;
  const all = [...tables, ...more];
  const title = `Clinician feedback on AI recommendations, ${profile}`;
  const about = { name: 'clinician-feedback', title, version: options.appVersion };
  const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
  const files: readonly WrittenFile[] = [
    ...all.flatMap((one) => one.files),
    ...extras,
    await writeText(target, 'datapackage.json', json(datapackage(all, about))),
    await writeText(target, 'codebook.md', codebook(all, profile, freeText)),
  ];
  const content = manifest({ ...options, tables: all, files, removals: removed.all() });
  await writeText(target, 'manifest.json', json(content));
  return all;

  function adoptionRows(): readonly Row[] {
    const { rows, hidden } = adoption.rows(options.profile === 'operational');
    const rule = 'count of 1–10 or its complement, left out';
    removed.counter(ADOPTION.name, 'counts', rule)(hidden);
    return rows;
  }
}

async function writeTable(
  source: RowSource,
  target: PackageTarget,
  { table, row }: Protected,
  onlooker: Onlooker,
  { formats, progress, profile }: PackageOptions,
): Promise<WrittenTable> {
  const out = await openTable(target, table, formats);
  const rows = mapped(source.rows(table.name), row);
  let count = 0;
  for await (const batch of batches(
    profile === 'deidentified' ? await shuffled(table, rows) : rows,
  )) {
    await out.add(batch);
    await onlooker.see(table.name, batch);
    count += batch.length;
    progress(table.name, count);
  }
  return { table, ...(await out.close()) };
}

async function* mapped(
  rows: Iterable<Row> | AsyncIterable<Row>,
  change: (row: Row) => Row,
): AsyncGenerator<Row> {
  for await (const row of rows) yield change(row);
}

/**
 * By their random names: rows as they come lie in the order of real numbers, and that is mostly the
 * order of time. Keeps the whole table in memory.
 */
async function shuffled(table: Table, rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const keyed: { readonly key: string; readonly row: Row }[] = [];
  for await (const row of rows)
    keyed.push({ key: JSON.stringify(table.key.map((name) => row[name])), row });
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

/** A table that is made here and is small. */
async function writeRows(
  target: PackageTarget,
  table: Table,
  rows: readonly Row[],
): Promise<WrittenTable> {
  const out = await openTable(target, table, ['csv'], 'views');
  await out.add(rows);
  return { table, ...(await out.close()) };
}
