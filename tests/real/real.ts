import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { fileHandler, serveFiles } from '#src/cli/static-files.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { checkConfig } from '#src/io/config/load.ts';
import { securityHeaders } from '#src/io/csp.ts';
import { type Chart, chartBundle, storeChart } from './chart.ts';
import type { Ehr, Issuer } from './ehr.ts';
import type { FhirServer } from './fhir-server.ts';
import type { LaunchOptions } from './launch-code.ts';
import { launcher } from './launcher.ts';
import { medplumEhr } from './medplum-ehr.ts';

export interface Real {
  readonly ehr: Ehr;
  readonly server: FhirServer;
  readonly chart: Chart;
  /** Another patient, about whom no AI said anything. */
  readonly other: Chart;
  /** Of the EHR launch, and of a standalone one. */
  readonly issuers: readonly Issuer[];
  /** What the app is given as config.json. */
  readonly config: SiteConfig;
  /** Another config.json from the next launch on. */
  configure(issuer: Partial<IssuerConfig>): void;
  /** `host` of the app: another one than the EHR's makes a frame cross-site. */
  appUrl(host?: string): string;
  /** Where the EHR sends the browser: the app's launch page, or the launcher's EHR that frames it. */
  launchUrl(options?: LaunchChoice, host?: string): Promise<string>;
}

/** On `chart`, unless another is named. */
export type LaunchChoice = Partial<LaunchOptions> & { readonly on?: Chart };

interface Options {
  /** Which of the servers that `run.ts` was told about. */
  readonly on: Ehr['kind'];
}

type World = Pick<Real, 'ehr' | 'server' | 'chart' | 'other'>;

interface Fixtures {
  /** What the site configured beyond what the EHR asks for. */
  readonly issuer: Partial<IssuerConfig>;
  readonly real: Real;
}

/** The app as it would be deployed, under its own security headers, launched by a real server. */
export const test = base.extend<Fixtures, Options & { world: World }>({
  on: ['launcher', { option: true, scope: 'worker' }],
  world: [
    async ({ on }, use) => {
      const ehr = on === 'launcher' ? launcher() : await medplumEhr();
      const { CHART, OTHER_CHART } = process.env;
      const store = async (file: string | undefined) => {
        const chart = await storeChart(ehr.server, chartBundle(file));
        return { ...chart, practitioner: ehr.practitioner ?? chart.practitioner };
      };
      const [chart, other] = [await store(CHART), await store(OTHER_CHART)];
      await use({ ehr, server: ehr.server, chart, other });
      await ehr.close();
    },
    // A cold server may take its time for a whole chart.
    { scope: 'worker', timeout: 120_000 },
  ],
  issuer: [{}, { option: true }],
  real: async ({ world, issuer }, use) => {
    const { ehr, chart, other } = world;
    const app = await serveApp();
    const appUrl = (host = 'localhost') => `http://${host}:${app.port}/`;
    const issuers = await ehr.register([appUrl(), appUrl('127.0.0.1')], [chart, other]);
    const config = siteConfig(issuers, issuer);
    app.configure(config);
    await use({
      ...world,
      issuers,
      config,
      configure: (change) => app.configure(siteConfig(issuers, { ...issuer, ...change })),
      appUrl,
      launchUrl: async (options = {}, host) => {
        const iss = issuers[0]?.iss ?? '';
        const query = new URLSearchParams({
          iss,
          launch: await ehr.launch(options.on ?? chart, options),
        });
        const target = `${appUrl(host)}launch.html?${query}`;
        if (!options.framed) return target;
        return `${new URL(iss).origin}/ehr?${new URLSearchParams({ app: target })}`;
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

/** On a free port, which has to be known before the app can be registered and configured. */
async function serveApp() {
  const root = fileURLToPath(new URL('../../dist/app', import.meta.url));
  let files = fileHandler({ root, headers: {} });
  const served = await serveFiles((path) => files(path), 0);
  return {
    ...served,
    configure: (config: SiteConfig) => {
      files = fileHandler({
        root,
        headers: securityHeaders(config),
        json: { '/config.json': config },
      });
    },
  };
}

function siteConfig(issuers: readonly Issuer[], issuer: Partial<IssuerConfig>): SiteConfig {
  const shipped = readFileSync(new URL('../../public/config.json', import.meta.url), 'utf8');
  const origins = ['localhost', '127.0.0.1'].map((host) => {
    const url = new URL(issuers[0]?.iss ?? '');
    url.hostname = host;
    return url.origin;
  });
  return checkConfig({
    ...(JSON.parse(shipped) as object),
    siteName: 'Real server',
    synthetic: true,
    frameAncestors: origins,
    issuers: issuers.map((one) => ({
      hospitalStore: true,
      conditionalCreate: true,
      ...one,
      ...issuer,
    })),
  });
}

/** The app is open on this chart: its banner names the patient, in whatever order and case. */
export async function expectOpen(app: Pick<Page, 'getByRole'>, chart: Chart): Promise<void> {
  const banner = app.getByRole('region', { name: 'Patient' });
  await expect(banner).toContainText(new RegExp(chart.familyName, 'i'));
}
