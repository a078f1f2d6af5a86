import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  readonly specifier: string;
  /** Path from the root for our own files, undefined for packages. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*${},\s]+?\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every TypeScript file below `folder`, with what it imports. */
export function sources(folder: string): SourceFile[] {
  return walk(join(ROOT, folder))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const own = relative(ROOT, path);
      return { path: own, text, imports: importsOf(own, text) };
    });
}

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(STATIC))
    if (match[2]) found.push(entry(path, match[2], match[1] !== undefined, false));
  for (const match of text.matchAll(DYNAMIC))
    if (match[1]) found.push(entry(path, match[1], false, true));
  return found;
}

function entry(path: string, written: string, typeOnly: boolean, dynamic: boolean): Import {
  // `?worker&url` says how a module is loaded, not which.
  const specifier = written.replace(/\?.*$/, '');
  const target = specifier.startsWith('#')
    ? specifier.slice(1)
    : specifier.startsWith('.')
      ? normalize(join(dirname(path), specifier))
      : undefined;
  return { specifier, target, typeOnly, dynamic };
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}
