import { readFile } from 'node:fs/promises';

/** From the package, two folders up from here as well as from what `npm run build:cli` makes. */
export async function appVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
