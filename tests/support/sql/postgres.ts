import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** Where PostgreSQL’s programs are; undefined where it is not installed (`apt-get install postgresql`). */
export function postgresFolder(): string | undefined {
  const debian = existsSync(DEBIAN)
    ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin'))
    : [];
  const path = (process.env.PATH ?? '').split(':');
  return [...debian, ...path].find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
  );
}

/**
 * PostgreSQL without a server: it runs a script and ends. It refuses to be root, so root lends it an
 * account. @param exchange a folder that both may write to.
 */
export function postgres(programs: string): {
  readonly exchange: string;
  run(statements: readonly string[]): void;
  remove(): void;
} {
  const exchange = mkdtempSync(join(tmpdir(), 'postgres-'));
  chmodSync(exchange, 0o777);
  const data = join(exchange, 'data');
  const isRoot = process.getuid?.() === 0;
  const run = (program: string, args: readonly string[], input = ''): string => {
    const whole = [join(programs, program), ...args];
    const [first = '', ...rest] = isRoot
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...whole]
      : whole;
    return execFileSync(first, rest, {
      input,
      cwd: exchange,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  };
  const setUp = ['--no-sync', '--encoding=UTF8', '--locale=C', '--auth=trust', '-U', 'postgres'];
  run('initdb', ['-D', data, ...setUp]);
  return {
    exchange,
    run(statements) {
      const log = join(exchange, 'script.log');
      const script = statements.map((one) => `${one.trim().replace(/;$/, '')};\n\n`).join('');
      const options = ['--single', '-F', '-j', '-D', data, '-r', log, 'postgres'];
      run('postgres', options, script);
      // In this mode a wrong statement is said and passed over.
      const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
      if (/^.*ERROR:/m.test(said)) throw new Error(said.slice(0, 2_000));
    },
    remove: () => rmSync(exchange, { recursive: true, force: true }),
  };
}
