/** Half of a pair: no UTF-8 says it, so two programs would hash two texts. */
const LONE = /\p{Surrogate}/u;

/**
 * The one text of a JSON value (RFC 8785): members by the UTF-16 units of their names, no blanks, numbers
 * and strings as ECMAScript writes them. Members that are undefined are left out, as JSON leaves them.
 * Throws where a value is none of JSON's.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      // Not `localeCompare`: the order must be the same everywhere.
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => `${canonicalJson(name)}:${canonicalJson(each)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError('JSON has no such number.');
  if (typeof value === 'string' && LONE.test(value))
    throw new TypeError('A text that holds half a character has no canonical form.');
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('JSON has no such value.');
  return text;
}
