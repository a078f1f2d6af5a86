import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '#tests/architecture/source.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a user runs it: a process, its streams and its exit code. */
export function runCli(...argv: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', ...argv], { cwd: ROOT });
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.on('data', (chunk) => out.push(String(chunk)));
    child.stderr.on('data', (chunk) => err.push(String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out: out.join(''), err: err.join('') }));
  });
}

/** A configuration file in a folder of its own. */
export function configFile(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'cli-')), 'config.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
