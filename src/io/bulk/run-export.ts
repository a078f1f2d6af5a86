import { allowedAddress } from './addresses.ts';
import { awaitManifest } from './await-manifest.ts';
import type { BulkClient } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';
import type { BulkFolder, BulkState, DoneFile } from './bulk-folder.ts';
import { deletedReferences } from './deletions.ts';
import { download } from './download.ts';
import { exchange } from './exchange.ts';
import { type BulkQuery, kickOff } from './kick-off.ts';
import type { Manifest, ManifestFile } from './manifest.ts';
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
    const result = await fetchAll(client, folder, begun, { covers, manifest });
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

async function fetchAll(
  client: BulkClient,
  folder: BulkFolder,
  begun: BulkState,
  { covers, manifest }: { readonly covers: boolean; readonly manifest: Manifest },
): Promise<BulkResult> {
  const { transactionTime, output, deleted, error } = manifest;
  if (begun.transactionTime !== undefined && begun.transactionTime !== transactionTime)
    throw new BulkError('job-gone', 'The server has made another export in place of this one.');
  let state: BulkState = { ...begun, transactionTime };
  await folder.save(state);
  const all = [...output, ...deleted, ...error];
  // Whatever is wrong with an address is wrong before hours of download.
  for (const { url } of all) allowedAddress(url, client);
  const wanted = await Promise.all(
    all.map(async (file) => ({ file, address: await sha256(file.url) })),
  );
  const finished = new Map(state.done.map((one) => [one.address, one]));
  const kept = wanted.flatMap(({ address }) => finished.get(address) ?? []);
  for (const { name } of state.done.filter((one) => !kept.includes(one))) await folder.remove(name);
  const taken = new Set(kept.map(({ name }) => name));
  const byAddress = new Map(kept.map((one) => [one.address, one]));
  for (const [at, { file, address }] of wanted.entries()) {
    if (byAddress.has(address)) continue;
    const name = nameFor(file, at < output.length ? 'output' : 'aside', transactionTime, taken);
    const lines = await download(client, file, manifest.requiresAccessToken, () =>
      folder.open(name),
    );
    client.tell(`${name}: ${lines} (${at + 1} of ${all.length} files)`);
    byAddress.set(address, { address, name, lines });
    state = { ...state, done: [...byAddress.values()] };
    await folder.save(state);
  }
  const of = (files: readonly ManifestFile[], from: number): readonly DoneFile[] =>
    files.flatMap((_, at) => byAddress.get(wanted[from + at]?.address ?? '') ?? []);
  const files = of(output, 0);
  const asides = [of(deleted, output.length), of(error, output.length + deleted.length)] as const;
  const gone = await deletedReferences(folder, asides[0]);
  const outcomes = await serverOutcomes(folder, asides[1]);
  const removed = await folder.markDeleted(gone);
  for (const { name } of asides.flat()) await folder.remove(name);
  const whole = covers && ![...outcomes.keys()].some(isLoss);
  await folder.finish({ ...state, whole });
  const lines = files.reduce((sum, one) => sum + one.lines, 0);
  return { transactionTime, files: files.length, lines, deleted: removed, outcomes, whole };
}

/** `Observation.20260302T080000Z.001.ndjson`: by type, as readers expect; by time, as increments need. */
function nameFor(
  { type }: ManifestFile,
  kind: 'output' | 'aside',
  transactionTime: string,
  taken: Set<string>,
): string {
  const time = transactionTime.replace(/[^0-9TZ]/g, '').slice(0, 24);
  for (let n = 1; ; n += 1) {
    const number = String(n).padStart(3, '0');
    // What is no resource is kept where no reader of the folder looks.
    const ending = kind === 'output' ? 'ndjson' : 'aside';
    const name = `${type}.${time}.${number}.${ending}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** The server need not allow it, and nobody waits for it for long. */
async function drop(client: BulkClient, url: URL): Promise<void> {
  const limit = new AbortController();
  const cancel = client.clock.after(CLEAN_UP_MS, () => limit.abort());
  try {
    const request = { url, method: 'DELETE', withToken: true, stop: limit.signal } as const;
    await exchange(client, request, async (response) => response.body?.cancel());
  } catch (cause) {
    client.tell(`export: the server was not told to drop the job (${words(cause)})`);
  } finally {
    cancel();
  }
}

const words = (cause: unknown): string => (cause instanceof Error ? cause.message : 'unknown');

async function sha256(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
