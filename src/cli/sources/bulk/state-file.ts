import { readFile } from 'node:fs/promises';
import { BulkError } from '#src/io/bulk/bulk-error.ts';
import type { BulkState, DoneFile } from '#src/io/bulk/bulk-folder.ts';
import { readLevel } from './level.ts';
import { writeWhole } from './whole-file.ts';

/** Beside the files; its name ends as nothing that is read for rows. */
export const STATE = 'bulk-export.json';

const FORMAT = { format: 'clinician-feedback bulk export', version: 1 } as const;

export const writeState = (path: string, state: BulkState): Promise<void> =>
  writeWhole(path, `${JSON.stringify({ ...FORMAT, ...state }, undefined, 2)}\n`);

/** Throws `BulkError` where it is none of ours. */
export async function readState(path: string): Promise<BulkState> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new BulkError('wrong-folder', `${path} could not be read.`, cause);
  });
  const state = stateIn(text);
  if (!state) throw new BulkError('wrong-folder', `${path} is no state of an export.`);
  return state;
}

function stateIn(text: string): BulkState | undefined {
  const { format, version, server, query, status, transactionTime, done, whole } = record(
    parsed(text),
  );
  const { level, types, since } = record(query);
  const known = typeof level === 'string' ? readLevel(level) : undefined;
  if (format !== FORMAT.format || version !== FORMAT.version || !known) return undefined;
  if (typeof server !== 'string' || typeof status !== 'string') return undefined;
  if (!Array.isArray(types) || !Array.isArray(done)) return undefined;
  return {
    server,
    query: {
      level: known,
      types: types.filter((one) => typeof one === 'string'),
      since: typeof since === 'string' ? since : undefined,
    },
    status,
    ...(typeof transactionTime === 'string' && { transactionTime }),
    done: done.filter(isDone),
    ...(typeof whole === 'boolean' && { whole }),
  };
}

/** A name that leads out of the folder is not ours. */
function isDone(value: unknown): value is DoneFile {
  const { address, name, lines } = record(value);
  const isName = typeof name === 'string' && /^[A-Z][\w.-]{0,120}$/.test(name);
  return typeof address === 'string' && isName && typeof lines === 'number';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever is no JSON is no state either.
    return undefined;
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
