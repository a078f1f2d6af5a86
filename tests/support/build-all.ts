import { execFileSync } from 'node:child_process';

/** App and sandbox page as they would be deployed: what is measured or pictured is never stale. */
export function buildAll(): void {
  for (const script of ['build:app', 'build:sandbox', 'build:cli'])
    execFileSync('npm', ['run', '--silent', script, '--', '--logLevel', 'error'], {
      stdio: 'inherit',
    });
}
