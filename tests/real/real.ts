import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { SANDBOX_SCOPES } from '#src/cli/stage-config.ts';
import { fileHandler, serveFiles } from '#src/cli/static-files.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { checkConfig } from '#src/io/config/load.ts';
import { securityHeaders } from '#src/io/csp.ts';
import { type Chart, storeChart } from './chart.ts';
import { FhirServer } from './fhir-server.ts';
import { type LaunchOptions, launchCode } from './launch-code.ts';

/** FHIR_TOKEN, and CHART and OTHER_CHART (files with a transaction bundle each), may be left out. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: FHIR_URL and LAUNCHER_URL name what to test against.`);
  return value.replace(/\/+$/, '');
}

export interface Real {
  readonly server: FhirServer;
  readonly chart: Chart;
  /** Another patient, about whom no AI said anything. */
  readonly other: Chart;
  readonly launcherUrl: string;
  /** `host` of the app: another one than the launcher's makes a frame cross-site. */
  appUrl(host?: string): string;
  /** Where the EHR sends the browser: the app's launch page, or the launcher's EHR that frames it. */
  launchUrl(options?: Partial<LaunchOptions>, host?: string): string;
  /** Issuer of a standalone launch: this launcher keeps its choices in the address. */
  readonly standaloneIssuer: string;
}

interface Fixtures {
  readonly issuer: Partial<IssuerConfig>;
  readonly real: Real;
}

/** The app as it would be deployed, under its own security headers, with the launcher as issuer. */
export const test = base.extend<Fixtures, { world: Pick<Real, 'server' | 'chart' | 'other'> }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from a pattern.
    async ({}, use) => {
      const server = new FhirServer(required('FHIR_URL'), process.env.FHIR_TOKEN);
      const { CHART, OTHER_CHART } = process.env;
      const chart = await storeChart(server, CHART);
      await use({ server, chart, other: await storeChart(server, OTHER_CHART) });
    },
    { scope: 'worker' },
  ],
  issuer: [{}, { option: true }],
  real: async ({ world, issuer }, use) => {
    const { chart, other } = world;
    const launcherUrl = required('LAUNCHER_URL');
    const iss = `${launcherUrl}/v/r4/fhir`;
    const standalone = launchCode({
      type: 'provider-standalone',
      patient: `${chart.patient},${other.patient}`,
      provider: chart.practitioner,
    });
    const standaloneIssuer = `${launcherUrl}/v/r4/sim/${standalone}/fhir`;
    const config = siteConfig([iss, standaloneIssuer], issuer);
    const files = fileHandler({
      root: fileURLToPath(new URL('../../dist/app', import.meta.url)),
      headers: securityHeaders(config),
      json: { '/config.json': config },
    });
    const app = await serveFiles(files, 0);
    const appUrl = (host = 'localhost') => `http://${host}:${app.port}/`;
    await use({
      ...world,
      launcherUrl,
      standaloneIssuer,
      appUrl,
      launchUrl: (options, host) => {
        const { patient, practitioner: provider, encounter } = chart;
        const code = launchCode({ type: 'provider-ehr', patient, provider, encounter, ...options });
        const query = new URLSearchParams({ iss, launch: code });
        const target = `${appUrl(host)}launch.html?${query}`;
        if (!options?.framed) return target;
        return `${launcherUrl}/ehr?${new URLSearchParams({ app: target })}`;
      },
    });
    await app.close();
  },
  page: async ({ page }, use) => {
    const noise: string[] = [];
    page.on('pageerror', (error) => noise.push(String(error)));
    page.on('console', (message) => {
      if (/Content.Security.Policy|Trusted/i.test(message.text())) noise.push(message.text());
    });
    await use(page);
    expect(noise, 'page errors and policy violations').toEqual([]);
  },
});

export { expect };

function siteConfig(addresses: readonly string[], issuer: Partial<IssuerConfig>) {
  const shipped = readFileSync(new URL('../../public/config.json', import.meta.url), 'utf8');
  const origins = ['localhost', '127.0.0.1'].map((host) => {
    const url = new URL(addresses[0] ?? '');
    url.hostname = host;
    return url.origin;
  });
  return checkConfig({
    ...(JSON.parse(shipped) as object),
    siteName: 'Real server',
    synthetic: true,
    frameAncestors: origins,
    issuers: addresses.map((iss) => ({
      iss,
      label: 'SMART launcher',
      vendor: 'smart-health-it',
      clientId: 'clinician-feedback',
      scopes: SANDBOX_SCOPES,
      hospitalStore: true,
      conditionalCreate: true,
      ...issuer,
    })),
  });
}

/** The app is open on this chart: its banner names the patient, in whatever order and case. */
export async function expectOpen(app: Pick<Page, 'getByRole'>, chart: Chart): Promise<void> {
  const banner = app.getByRole('region', { name: 'Patient' });
  await expect(banner).toContainText(new RegExp(chart.familyName, 'i'));
}
