import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Stored } from '../fhir/resource.ts';
import type { Version } from '../fhir/store.ts';
import type { Journal } from '../journal.ts';

/** Deletions are no resources, so they stay out of the files that an export reads. */
const DELETIONS = '_deleted.ndjson';
const NEWLINE = 0x0a;

export interface NdjsonJournalOptions {
  /** Told about a torn line; default: standard error. */
  readonly warn?: (message: string) => void;
}

/**
 * Keeps every version that was written as one line in `<Type>.ndjson`, append-only: the file that an
 * export or DuckDB reads as it is. A line that a crash tore is dropped, with a warning, when the
 * directory is opened; it belonged to a write that nobody was told about.
 */
export function openNdjsonJournal(directory: string, options: NdjsonJournalOptions = {}): Journal {
  const warn = options.warn ?? ((message) => process.stderr.write(`${message}\n`));
  mkdirSync(directory, { recursive: true });
  for (const file of ndjsonFiles(directory)) mendTail(join(directory, file), warn);

  return {
    *replay() {
      const versions = ndjsonFiles(directory).flatMap((file) =>
        readVersions(directory, file, warn),
      );
      // Versions of one resource lie in two files if it was deleted and made again.
      versions.sort((a, b) => Number(a.versionId) - Number(b.versionId));
      yield* versions;
    },
    append(versions) {
      const lines = new Map<string, string>();
      for (const version of versions) {
        const file = version.resource === undefined ? DELETIONS : `${version.type}.ndjson`;
        const line = JSON.stringify(version.resource ?? version);
        lines.set(file, `${lines.get(file) ?? ''}${line}\n`);
      }
      for (const [file, text] of lines) appendFileSync(join(directory, file), text);
    },
    close() {
      // Every append opens and closes its file: nothing is held between two of them.
    },
  };
}

function ndjsonFiles(directory: string): string[] {
  return existsSync(directory)
    ? readdirSync(directory).filter((file) => file.endsWith('.ndjson'))
    : [];
}

/** Without this the next line would be glued to the torn one and both would be lost. */
function mendTail(path: string, warn: (message: string) => void): void {
  const bytes = readFileSync(path);
  if (bytes.length === 0 || bytes.at(-1) === NEWLINE) return;
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  truncateSync(path, end);
  warn(`${path}: the last line was cut off by a crash and is dropped`);
}

function readVersions(directory: string, file: string, warn: (message: string) => void): Version[] {
  const lines = readFileSync(join(directory, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    try {
      const value: unknown = JSON.parse(line);
      return [file === DELETIONS ? (value as Version) : versionOf(value as Stored)];
    } catch (error) {
      warn(`${file}, line ${index + 1} is not JSON and is ignored: ${String(error)}`);
      return [];
    }
  });
}

function versionOf(resource: Stored): Version {
  const { id, meta, resourceType: type } = resource;
  return { type, id, versionId: meta.versionId, lastUpdated: meta.lastUpdated, resource };
}
