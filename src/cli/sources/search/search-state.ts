import { readFile } from 'node:fs/promises';
import type { Gap } from '#src/io/tables-in/each-page.ts';
import { writeWhole } from '../bulk/whole-file.ts';
import { objectIn } from '../ndjson-records.ts';

/** Beside the files; its name ends as nothing that is read for rows. */
export const SEARCH_STATE = 'search-export.json';

const FORMAT = { format: 'clinician-feedback search', version: 1 } as const;

/** What goes on after an interruption: every page that is told here is whole in its file. */
export interface SearchState {
  readonly server: string;
  /** As it began: only what was stored since then, and at most so many resources of one search. */
  readonly since?: string;
  readonly cap: number;
  /** In the order in which they are asked. */
  readonly searches: readonly SearchProgress[];
}

export interface SearchProgress {
  /** Type and parameters: the address of the first page, below the base. */
  readonly asked: string;
  readonly file: string;
  /** Resources and bytes of the file that count; what follows was torn. */
  readonly read: number;
  readonly bytes: number;
  readonly total: number | null;
  /** The page that comes next; undefined: not begun, or done. */
  readonly next?: string;
  readonly done: boolean;
  readonly gap?: Gap;
}

export const saveSearchState = (path: string, state: SearchState): Promise<void> =>
  writeWhole(path, `${JSON.stringify({ ...FORMAT, ...state }, undefined, 2)}\n`);

/** Throws an Error for the user where it is none of ours, or damaged. */
export async function readSearchState(path: string): Promise<SearchState> {
  const { format, version, server, since, cap, searches } =
    objectIn(await readFile(path, 'utf8')) ?? {};
  const ours = format === FORMAT.format && version === FORMAT.version;
  if (!ours || typeof server !== 'string' || typeof cap !== 'number' || !isProgress(searches))
    throw new Error(`${path} is no state of a search: remove its folder and begin again.`);
  return { server, cap, searches, ...(typeof since === 'string' && { since }) };
}

/** A name that leads out of the folder is not ours. */
const isProgress = (value: unknown): value is readonly SearchProgress[] =>
  Array.isArray(value) &&
  value.every(
    (one) =>
      typeof one?.asked === 'string' &&
      /^[A-Z][A-Za-z]{1,60}\.[0-9]{2,4}\.ndjson$/.test(one.file) &&
      Number.isSafeInteger(one.read) &&
      Number.isSafeInteger(one.bytes) &&
      typeof one.done === 'boolean' &&
      (one.next === undefined || typeof one.next === 'string'),
  );
