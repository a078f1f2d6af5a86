import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/support/browser.ts';

// The machine's own Chromium: Playwright's patched builds are not needed for what we test.
const executablePath = findBrowser();

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Much of a journey is waiting: for the ten seconds of Undo, for a retry, for a browser to start.
  workers: 3,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // On a machine that stalls, once more; the report names what needed it as flaky: a defect to look at.
  retries: 1,
  reporter: [['list']],
  // Generous for machines that do other things too; a timer here judges nothing.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    ...(executablePath && { launchOptions: launchOptions(executablePath) }),
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    // A recording of every test is a third of the runner's work, and nobody looks at those that pass.
    trace: 'on-first-retry',
  },
  globalSetup: './tests/e2e/global-setup.ts',
  globalTeardown: './tests/real/not-proven.ts',
});

function launchOptions(path: string) {
  return {
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
