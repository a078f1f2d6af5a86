import { sha256 } from '../sha256.ts';
import { allowedAddress } from './addresses.ts';
import type { BulkClient } from './bulk-client.ts';
import type { BulkFolder, BulkState, DoneFile } from './bulk-folder.ts';
import { download } from './download.ts';
import type { Manifest, ManifestFile } from './manifest.ts';

export interface FetchedFiles {
  readonly state: BulkState;
  readonly output: readonly DoneFile[];
  readonly deleted: readonly DoneFile[];
  readonly error: readonly DoneFile[];
}

type Kind = 'output' | 'deleted' | 'error';

/**
 * The files of a manifest, one after the other; the folder's state knows of each as soon as it is
 * whole. What an interrupted export has already is not fetched again. Throws `BulkError`, `FhirError`.
 */
export async function fetchFiles(
  client: BulkClient,
  folder: BulkFolder,
  begun: BulkState,
  manifest: Manifest,
): Promise<FetchedFiles> {
  const { transactionTime, requiresAccessToken } = manifest;
  const wanted = await addressed(client, manifest);
  const known = new Set(wanted.map(({ address }) => address));
  const byAddress = new Map<string, DoneFile>();
  for (const one of begun.done)
    if (known.has(one.address)) byAddress.set(one.address, one);
    // Signed anew, perhaps: fetched again, under whatever name.
    else await folder.remove(one.name);
  const taken = new Set([...byAddress.values()].map(({ name }) => name));
  const job = (await sha256(begun.status)).slice(0, 8);
  let state: BulkState = { ...begun, transactionTime, done: [...byAddress.values()] };
  await folder.save(state);
  for (const [at, { file, kind, address }] of wanted.entries()) {
    if (byAddress.has(address)) continue;
    const name = nameFor(file, kind, `${transactionTime.replace(/[^0-9TZ]/g, '')}-${job}`, taken);
    const lines = await download(client, file, requiresAccessToken, () => folder.open(name));
    client.tell(`${name}: ${lines} (${at + 1} of ${wanted.length} files)`);
    byAddress.set(address, { address, name, lines });
    state = { ...state, done: [...byAddress.values()] };
    await folder.save(state);
  }
  const of = (wish: Kind): readonly DoneFile[] =>
    wanted.flatMap(({ kind, address }) => (kind === wish ? (byAddress.get(address) ?? []) : []));
  return { state, output: of('output'), deleted: of('deleted'), error: of('error') };
}

/** All that is to be fetched. Whatever is wrong with an address is wrong before hours of download. */
async function addressed(client: BulkClient, { output, deleted, error }: Manifest) {
  const files = Object.entries({ output, deleted, error }).flatMap(([kind, list]) =>
    list.map((file) => ({ kind: kind as Kind, file })),
  );
  for (const { file } of files) allowedAddress(file.url, client);
  return Promise.all(files.map(async (one) => ({ ...one, address: await sha256(one.file.url) })));
}

/**
 * `Observation.20260302T080000Z-1f0c9a2b.001.ndjson`: by type, as readers expect; by time and job, so
 * that no increment writes over what was there. What is no resource gets a name that no reader looks for.
 */
function nameFor({ type }: ManifestFile, kind: Kind, job: string, taken: Set<string>): string {
  for (let n = 1; ; n += 1) {
    const number = String(n).padStart(3, '0');
    const name = `${type}.${job}.${number}.${kind === 'output' ? 'ndjson' : 'aside'}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
