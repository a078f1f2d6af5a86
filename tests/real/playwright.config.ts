import { defineConfig } from '@playwright/test';
import onSandbox from '../../playwright.config.ts';
import type { Ehr } from './ehr.ts';

/**
 * Journeys against servers that this project did not write. Not part of `npm test`: they have to run
 * somewhere. `run.ts` says which by the environment; each is a project of its own.
 */
const { LAUNCHER_URL, MEDPLUM_URL } = process.env;
const servers: readonly Ehr['kind'][] = [
  ...(LAUNCHER_URL ? (['launcher'] as const) : []),
  ...(MEDPLUM_URL ? (['medplum'] as const) : []),
];

const { globalTeardown: _notProven, ...shared } = onSandbox;

export default defineConfig<object, { on: Ehr['kind'] }>({
  ...shared,
  testDir: '.',
  outputDir: '../../test-results/real',
  globalSetup: '../e2e/global-setup.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  projects: servers.map((on) => ({ name: on, use: { on } })),
  use: { ...shared.use, screenshot: 'on' },
});
