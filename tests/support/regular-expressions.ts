import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';

export interface RegularExpression {
  /** "src/ui/markdown.ts" */
  readonly path: string;
  readonly pattern: RegExp;
}

/** Every regular expression literal below a folder, found by a parser, not by looking. */
export function regularExpressionsIn(folder: string): readonly RegularExpression[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const lang = path.endsWith('x') ? 'tsx' : 'ts';
      return [...literals(parseAst(readFileSync(path, 'utf8'), { lang }))].map((pattern) => ({
        path,
        pattern,
      }));
    });
}

function* literals(node: unknown): Generator<RegExp> {
  if (typeof node !== 'object' || node === null) return;
  const { regex } = node as { regex?: { pattern: string; flags: string } };
  if (regex) yield new RegExp(regex.pattern, regex.flags);
  for (const child of Object.values(node)) yield* literals(child);
}

/** Shortest of several runs in ms: what else the machine does makes a run longer, never shorter. */
export function shortest(work: () => void, runs = 5): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** What patterns are known to run away on: long runs, nearly right, and wrong at the end. */
const RUNS = [
  ...' \t\n\ra09.-_*`[(#/<|"\u2028',
  ...[
    ' a',
    '* ',
    '*a',
    '__a',
    '[a',
    '[a](',
    '# ',
    '/a',
    'a/',
    '1.',
    '- ',
    'a.',
    '0.',
    ' \n',
    '![',
    '&#',
    '<!--',
  ],
];
const STARTS = ['', '# ', '- ', 'a', '**', '['];
const ENDS = ['', '!', 'a\u2028', '\n'];

/** Several hundred texts of that size. */
export function attacks(size: number): readonly string[] {
  const fill = (run: string) => run.repeat(Math.ceil(size / run.length)).slice(0, size);
  return STARTS.flatMap((start) =>
    RUNS.flatMap((run) => ENDS.map((end) => `${start}${fill(run)}${end}`)),
  );
}
