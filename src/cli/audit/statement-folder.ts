import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Statement } from '#src/domain/audit/statement.ts';
import type { FoundStatement } from '#src/domain/audit/verify-statements.ts';
import { readStatement } from '#src/io/audit/statements.ts';
import type { SigningKey } from '#src/io/signing-key.ts';

const ENDING = '.jws';

/** `000012-2026-11-24.jws`: sorted by name, they are sorted by number. */
export const fileNameOf = ({ number, at }: Pick<Statement, 'number' | 'at'>): string =>
  `${String(number).padStart(6, '0')}-${at.slice(0, 10)}${ENDING}`;

/** All statements of a folder, checked; a folder that is not there yet has none. */
export async function readStatements(
  folder: string,
  key: SigningKey,
): Promise<readonly FoundStatement[]> {
  const names = await readdir(folder).catch((cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new Error(`${folder} could not be read.`);
  });
  const files = names.filter((name) => name.endsWith(ENDING)).toSorted();
  return await Promise.all(
    files.map(async (name) => readStatement(await readFile(join(folder, name), 'utf8'), name, key)),
  );
}
