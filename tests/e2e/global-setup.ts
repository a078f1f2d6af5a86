import { execFileSync } from 'node:child_process';
import { ensureBrowser } from '#tests/support/browser.ts';

/** Every journey runs against the files that would be deployed. */
export default function build(): void {
  ensureBrowser();
  for (const script of ['build', 'build:sandbox'])
    execFileSync('npm', ['run', '--silent', script, '--', '--logLevel', 'error'], {
      stdio: 'inherit',
    });
}
