import { within } from '../guarded-request.ts';
import { allowedAddress } from './addresses.ts';
import { awaitManifest } from './await-manifest.ts';
import type { BulkClient } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';
import type { BulkFolder, BulkState } from './bulk-folder.ts';
import { deletedReferences } from './deletions.ts';
import { exchange } from './exchange.ts';
import { fetchFiles } from './fetch-files.ts';
import { type BulkQuery, kickOff } from './kick-off.ts';
import type { Manifest } from './manifest.ts';
import { isLoss, type Outcomes, serverOutcomes } from './server-outcomes.ts';

export interface BulkResult {
  readonly transactionTime: string;
  readonly files: number;
  readonly lines: number;
  /** Resources that were there and that the server has deleted. */
  readonly deleted: number;
  /** What the server says it could not export, by severity and code. */
  readonly outcomes: Outcomes;
  /** Whether the folder now holds all that the server would have given. */
  readonly whole: boolean;
}

const CLEAN_UP_MS = 10_000;

/**
 * A whole export into a folder: kick-off, polling, files, deletions, errors. After a failure the
 * folder's state continues it; after Ctrl-C the server is told to drop the job, and nothing is left.
 * @param covers whether this export, with what the folder holds already, is of all time.
 * @param earlier state of an export that was interrupted.
 */
export async function runExport(
  client: BulkClient,
  query: BulkQuery,
  folder: BulkFolder,
  covers: boolean,
  earlier?: BulkState,
): Promise<BulkResult> {
  let status = earlier && allowedAddress(earlier.status, client);
  try {
    status ??= await kickOff(client, query);
    const begun = earlier ?? { server: client.baseUrl, query, status: status.href, done: [] };
    await folder.save(begun);
    const manifest = await awaitManifest(client, status);
    const result = await gather(client, folder, begun, { covers, manifest });
    // It may, and hospitals with one job at a time are glad of it; what we have is whole either way.
    await drop(client, status);
    return result;
  } catch (cause) {
    // Without a job there is nothing to go on with.
    if (!status) await folder.discard();
    if (!client.stop.aborted) throw cause;
    if (status) await drop(client, status);
    await folder.discard();
    throw new BulkError('stopped', 'Stopped; the server was told to drop the export.', cause);
  }
}

/** Files, then what the server said of deletions and errors, then the folder as a whole. */
async function gather(
  client: BulkClient,
  folder: BulkFolder,
  begun: BulkState,
  { covers, manifest }: { readonly covers: boolean; readonly manifest: Manifest },
): Promise<BulkResult> {
  const { transactionTime } = manifest;
  if (begun.transactionTime !== undefined && begun.transactionTime !== transactionTime)
    throw new BulkError('job-gone', 'The server has made another export in place of this one.');
  const { state, output, deleted, error } = await fetchFiles(client, folder, begun, manifest);
  const removed = await folder.markDeleted(await deletedReferences(folder, deleted));
  const outcomes = await serverOutcomes(folder, error);
  const whole = covers && ![...outcomes.keys()].some(isLoss);
  const asides = [...deleted, ...error];
  const done = state.done.filter((one) => !asides.includes(one));
  // Known to be gone before they go: who is interrupted here fetches them again.
  await folder.save({ ...state, done });
  for (const { name } of asides) await folder.remove(name);
  await folder.finish({ ...state, done, whole });
  const lines = output.reduce((sum, one) => sum + one.lines, 0);
  return { transactionTime, files: output.length, lines, deleted: removed, outcomes, whole };
}

/** The server need not allow it, and nobody waits for it for long. */
async function drop(client: BulkClient, url: URL): Promise<void> {
  try {
    await within(CLEAN_UP_MS, client.clock, (stop) => {
      const request = { url, method: 'DELETE', withToken: true, stop } as const;
      return exchange(client, request, async (response) => response.body?.cancel());
    });
  } catch (cause) {
    client.tell(`export: the server was not told to drop the job (${words(cause)})`);
  }
}

const words = (cause: unknown): string => (cause instanceof Error ? cause.message : 'unknown');
