import { defineConfig } from '@playwright/test';
import shared from '../../playwright.config.ts';

/**
 * Journeys against a FHIR server and a SMART launcher that this project did not write. Not part of
 * `npm test`: it needs both to run. See real.ts for the environment that it reads.
 */
export default defineConfig({
  ...shared,
  testDir: '.',
  outputDir: '../../test-results/real',
  globalSetup: '../e2e/global-setup.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: { ...shared.use, screenshot: 'on' },
});
