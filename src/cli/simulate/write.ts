import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Simulation } from '#src/domain/simulate/simulation.ts';
import { TABLES, type TableName, type Tables } from '#src/domain/tables/schema.ts';
import { LineFile } from './line-file.ts';
import { resourceMaker } from './resources.ts';
import { configFile, README_TEXT, settingsFile, truthFile, type Written } from './site-files.ts';
import { type Format, tableLines } from './table-lines.ts';

export interface WriteOptions {
  readonly folder: string;
  readonly format: Format;
  /** Stops after the week in which there are so many answers. */
  readonly decisions: number | undefined;
  /** Asked often; what it throws ends the writing. */
  readonly check: () => void;
  readonly progress: (week: number, decisions: number) => void;
}

/** Stopped before it was whole: nothing of it may be kept. */
export class StoppedError extends Error {
  constructor() {
    super('Stopped. Nothing was written.');
    this.name = 'StoppedError';
  }
}

/** All files of a simulation, piece by piece; memory does not grow with the number of weeks. */
export async function writeSimulation(made: Simulation, options: WriteOptions): Promise<Written> {
  const { folder, format, check } = options;
  await mkdir(join(folder, 'fhir'));
  await mkdir(join(folder, 'tables'));
  const files = new Map<string, LineFile>();
  const rows = new Map<TableName, number>();
  const resources = resourceMaker(made);
  try {
    addResources(resources.standing());
    addRows(made.standing);
    const written = { weeks: await weeks(), rows: Object.fromEntries(rows) };
    for (const file of files.values()) await file.close();
    await writeSmallFiles(made, folder, written);
    return written;
  } catch (cause) {
    await Promise.allSettled([...files.values()].map((file) => file.close()));
    throw cause;
  }

  async function weeks(): Promise<number> {
    let count = 0;
    let open: string | undefined;
    for (const { week, tables } of made.pieces()) {
      if (week !== open) {
        if (open !== undefined) options.progress(count, rows.get('decisions') ?? 0);
        if ((rows.get('decisions') ?? 0) >= (options.decisions ?? Infinity)) return count;
        open = week;
        count++;
      }
      addResources(resources.of(tables));
      addRows(tables);
      for (const file of files.values()) await file.settle();
      // A signal is heard between two turns only.
      await setImmediate();
      check();
    }
    return count;
  }

  function fileOf(path: string, header?: string): LineFile {
    let file = files.get(path);
    if (file === undefined) {
      file = new LineFile(join(folder, path));
      files.set(path, file);
      if (header !== undefined) file.add(header);
    }
    return file;
  }

  function addResources(all: Iterable<{ readonly resourceType: string }>): void {
    for (const resource of all)
      fileOf(`fhir/${resource.resourceType}.ndjson`).add(JSON.stringify(resource));
  }

  function addRows(tables: Tables): void {
    for (const { name } of Object.values(TABLES)) {
      const found = tables[name];
      if (found === undefined) continue;
      const { header, line } = tableLines(name, format);
      const file = fileOf(`tables/${name}.${format}`, header);
      for (const row of found) file.add(line(row));
      rows.set(name, (rows.get(name) ?? 0) + found.length);
    }
  }
}

async function writeSmallFiles(made: Simulation, folder: string, written: Written): Promise<void> {
  const json = (name: string, value: unknown) =>
    writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  await json('settings.json', settingsFile(made));
  await json('config.json', configFile());
  await json('truth.json', truthFile(made, written));
  await writeFile(join(folder, 'README.txt'), README_TEXT);
}
