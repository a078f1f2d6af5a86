import { errorFromResponse, parseBody } from '../http-errors.ts';
import { allowedAddress } from './addresses.ts';
import type { BulkClient } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';
import { exchange, patiently } from './exchange.ts';
import type { ManifestFile } from './manifest.ts';

/** A file that is being written; it is there under its name after `finish`, and not at all before. */
export interface FileSink {
  write(chunk: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Takes away what was written. */
  discard(): Promise<void>;
}

const HEADERS = { accept: 'application/fhir+ndjson' };
const NEWLINE = 0x0a;
const BRACE = 0x7b;
/** A resource that is larger than this is none. */
const LONGEST_LINE = 64 * 2 ** 20;

/**
 * One file of NDJSON, byte by byte as it came, from the beginning again where it tore. Returns the
 * number of its lines. Throws `BulkError` (torn, foreign), `FhirError`.
 * @param open a fresh file for each attempt.
 */
export function download(
  client: BulkClient,
  file: ManifestFile,
  requiresAccessToken: boolean,
  open: () => Promise<FileSink>,
): Promise<number> {
  const url = allowedAddress(file.url, client);
  const request = { url, headers: HEADERS, withToken: requiresAccessToken };
  return patiently(client, () =>
    exchange(client, request, async (response, alive) => {
      if (!response.ok) {
        const failure = errorFromResponse(response, await parseBody(response), client.clock.now());
        if (failure.kind !== 'not-found') throw failure;
        throw new BulkError('job-gone', 'The server no longer has a file of this export.', failure);
      }
      const sink = await open();
      try {
        const lines = await copy(response, sink, alive);
        if (file.count !== undefined && file.count !== lines)
          throw new BulkError('torn', `A file has ${lines} lines, and should have ${file.count}.`);
        await sink.finish();
        return lines;
      } catch (cause) {
        await sink.discard();
        throw cause;
      }
    }),
  );
}

async function copy(response: Response, sink: FileSink, alive: () => void): Promise<number> {
  const reader = response.body?.getReader();
  let lines = 0;
  /** What follows the last line feed: whole where the server wrote none after the last line. */
  let tail: Uint8Array[] = [];
  let first = true;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) break;
    alive();
    if (first && value.length > 0) {
      if (value[0] !== BRACE) throw new BulkError('torn', 'A file of the export is no NDJSON.');
      first = false;
    }
    await sink.write(value);
    let from = 0;
    for (let at = value.indexOf(NEWLINE); at >= 0; at = value.indexOf(NEWLINE, from)) {
      if (at > from || tail.length > 0) lines += 1;
      tail = [];
      from = at + 1;
    }
    if (from < value.length) tail.push(value.subarray(from));
    if (tail.reduce((sum, { length }) => sum + length, 0) > LONGEST_LINE)
      throw new BulkError('torn', 'A file of the export has a line without end.');
  }
  if (tail.length === 0) return lines;
  if (!isWhole(tail)) throw new BulkError('torn', 'A file ends in the middle of a line.');
  // Whoever reads the files one after the other needs the last line closed.
  await sink.write(Uint8Array.of(NEWLINE));
  return lines + 1;
}

function isWhole(parts: readonly Uint8Array[]): boolean {
  const decoder = new TextDecoder();
  const text = parts.map((part) => decoder.decode(part, { stream: true })).join('');
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Its message would quote a patient's line.
    return false;
  }
}
