import { BulkError } from './bulk-error.ts';
import type { BulkFolder, DoneFile } from './bulk-folder.ts';

const REFERENCE = /^([A-Z][A-Za-z]{1,60})\/([A-Za-z0-9.-]{1,64})$/;

/**
 * `Type/id` of what the server deleted: transaction Bundles, one in a line, whose entries are DELETE
 * requests (Bulk Data 2.0 §2.5.5). An address may be absolute; its last two parts count.
 */
export async function deletedReferences(
  folder: BulkFolder,
  files: readonly DoneFile[],
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const { name } of files)
    for await (const line of folder.lines(name)) {
      const { entry } = record(parsed(line));
      for (const one of Array.isArray(entry) ? entry : []) {
        const { method, url } = record(record(one).request);
        if (method !== 'DELETE' || typeof url !== 'string') continue;
        const reference = url.split('/').slice(-2).join('/');
        if (REFERENCE.test(reference)) gone.add(reference);
      }
    }
  return gone;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Its message would quote the line.
    throw new BulkError('torn', 'A file of deletions holds a line that is no JSON.');
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
