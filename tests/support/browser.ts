import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where a Chromium of the machine may be; Playwright's own build is asked for only when none is. */
const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const findBrowser = (): string | undefined =>
  CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** For `npm test`: a browser is there afterwards, or the message says how to get one. */
export function ensureBrowser(): void {
  if (findBrowser() !== undefined) return;
  try {
    execFileSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' });
  } catch {
    throw new Error(
      'No Chromium was found and none could be downloaded. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
    );
  }
}
