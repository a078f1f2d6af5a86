import type { BulkFolder, DoneFile } from './bulk-folder.ts';

/** How often each `severity code` was said: `error not-found`. No text of the server's: it may name a patient. */
export type Outcomes = ReadonlyMap<string, number>;

const WORD = /^[a-z][a-z-]{0,40}$/;

/** Counts the issues of a server's error files, which hold one OperationOutcome in a line. */
export async function serverOutcomes(
  folder: BulkFolder,
  files: readonly DoneFile[],
): Promise<Outcomes> {
  const counted = new Map<string, number>();
  for (const { name } of files)
    for await (const line of folder.lines(name))
      for (const issue of issuesOf(line)) counted.set(issue, (counted.get(issue) ?? 0) + 1);
  return counted;
}

/** Whether something is missing, rather than merely worth saying. */
export const isLoss = (outcome: string): boolean => /^(fatal|error|unknown) /.test(outcome);

function issuesOf(line: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // A line that cannot be read is an error all the same.
    return ['unknown unreadable'];
  }
  const issue = typeof value === 'object' && value !== null && 'issue' in value ? value.issue : [];
  if (!Array.isArray(issue) || issue.length === 0) return ['unknown unreadable'];
  return issue.map((one) => `${word(one?.severity)} ${word(one?.code)}`);
}

const word = (value: unknown): string =>
  typeof value === 'string' && WORD.test(value) ? value : 'unknown';
