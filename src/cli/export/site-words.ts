import { readFile } from 'node:fs/promises';
import type { Words } from '#src/domain/privacy/words.ts';

const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** `--words`: by column, words that were read and may pass. Throws an Error with the cure. */
export async function readWords(path: string): Promise<Words> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} could not be read. Name the file with --words.`);
  });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`);
  }
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const words = entries.filter((entry): entry is [string, readonly string[]] => isList(entry[1]));
  if (words.length !== entries.length || entries.length === 0)
    throw new Error(`${path} must say {"column": ["word", …]}, as {"model_id": ["sepsis"]}.`);
  return Object.fromEntries(words);
}

/** Both lists, column by column. */
export const withWords = (a: Words, b: Words): Words =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [
      name,
      [...(a[name] ?? []), ...(b[name] ?? [])],
    ]),
  );
