import type { Cells } from './to-row.ts';

/** One object for each line that holds one. Throws with the line, never with what stands there. */
export async function* ndjsonRecords(
  lines: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: number; readonly cells: Cells }> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const cells = objectIn(text);
    if (!cells)
      throw new Error(
        `line ${line}: no JSON object. Each line holds one, without a comma after it.`,
      );
    yield { line, cells };
  }
}

/** Undefined where a text is no JSON object: JSON's own message would quote what stands there. */
export function objectIn(text: string): Cells | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Cells;
}
