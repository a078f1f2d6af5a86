/** Splits on commas that are not escaped, and unescapes (search.html §3.1.1.5.7). */
export function splitEscaped(value: string): string[] {
  return value.split(/(?<!\\),/).map((part) => part.replace(/\\([,|$\\])/g, '$1'));
}
