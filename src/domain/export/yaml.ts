/** What the files of other tools are made of. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [name: string]: Plain };

const isScalar = (value: Plain): value is string | number | boolean | null =>
  typeof value !== 'object' || value === null;

/** Texts as JSON writes them, which YAML reads alike: no word is taken for a number or for `no`. */
function lines(value: Plain): readonly string[] {
  if (isScalar(value)) return [JSON.stringify(value)];
  if (Array.isArray(value)) {
    return value.flatMap((one) => {
      const [first = '', ...rest] = lines(one);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  return Object.entries(value).flatMap(([name, one]) => {
    const own = lines(one);
    if (isScalar(one)) return [`${name}: ${own.join('')}`];
    return own.length === 0 ? [`${name}: []`] : [`${name}:`, ...own.map((line) => `  ${line}`)];
  });
}

/** YAML 1.2 in block style. Names must be plain words. */
export const yaml = (value: Plain): string => `${lines(value).join('\n')}\n`;
