import { fileURLToPath } from 'node:url';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { securityHeaders } from '#src/io/csp.ts';
import { CHART_SCOPES, SANDBOX_SCOPES, sandboxConfig } from './stage-config.ts';
import type { StageOptions } from './stage-options.ts';
import type { PastJob } from './stage-past-job.ts';
import { publishPast } from './stage-publish.ts';
import { startSandbox } from './stage-sandbox.ts';
import { type LoadedScenario, loadScenario } from './stage-scenario.ts';
import { startStore, storeConfig } from './stage-store.ts';
import { type FileHandler, fileHandler, serveFiles } from './static-files.ts';

const APP = fileURLToPath(new URL('../../dist/app', import.meta.url));

/**
 * The sandbox EHR, the app and (if asked for) the hospital's own store on origins of their own, as a
 * hospital has them on hosts of their own. Composes what may not know each other: the sandbox (never
 * shipped) and the built app.
 */
export async function startStage(options: StageOptions) {
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const one of opened.toReversed()) await one.close();
  };
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };
  try {
    const loaded = await loadScenario(options);
    const app = keep(await startApp(options));
    const ehr = keep(await startSandbox(options, app.origins, await ehrContent(options, loaded)));
    const store =
      options.store &&
      keep(
        await startStore(options, options.store, loaded, {
          ehrBase: `${ehr.url}/fhir`,
          appOrigins: app.origins,
        }),
      );
    const issuer = {
      ...loaded.models,
      ...(options.store && store && withStore(options.store, store.url, loaded)),
      ...options.issuer,
    };
    const config = sandboxConfig(ehr.url, issuer, options.site);
    app.serve(config);
    // The dashboard reads the store where there is one.
    const read = store ?? ehr;
    const published =
      loaded.past && keep(publishPast(read.sandbox, pastJob(options, loaded, read)));
    return {
      ehrUrl: `${ehr.url}/`,
      appUrl: `${app.origins[0]}/`,
      dashboardUrl: `${app.origins[0]}/dashboard/`,
      fhirUrl: `${ehr.url}/fhir`,
      config,
      sandbox: ehr.sandbox,
      /** Of a scenario with a past: what the site states about its tables, and when they are counted. */
      settings: loaded.past?.settings,
      published: published?.done,
      /** Present where `options.store` asked for it. */
      store: store && {
        url: `${store.url}/`,
        fhirUrl: `${store.url}/fhir`,
        sandbox: store.sandbox,
      },
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** The same moment for the rows of the archive and for those that are counted. */
function pastJob(
  { past = {}, seed = 1 }: StageOptions,
  { scenario, models }: LoadedScenario,
  { sandbox, url }: Pick<Awaited<ReturnType<typeof startSandbox>>, 'sandbox' | 'url'>,
): PastJob {
  return {
    past: { ...past, seed, now: Date.parse(scenario.now) },
    held: sandbox.held(),
    server: `${url}/fhir`,
    aiDevices: models.aiDevices,
    probabilityScales: models.probabilityScales,
    asOf: scenario.now,
  };
}

type StoreOptions = NonNullable<StageOptions['store']>;

/** Where the store has the recommendations, the EHR has the chart only. */
async function ehrContent({ store }: StageOptions, loaded: LoadedScenario) {
  if (store === undefined || store.recommendationSource === 'ehr') return loaded;
  const { chartOnly } = await import('#mocks/hospital-store/scenarios.ts');
  return { ...loaded, scenario: chartOnly(loaded.scenario) };
}

/** What a store changes in what the app is told about the EHR. */
function withStore(
  store: StoreOptions,
  url: string,
  { mrnSystem }: LoadedScenario,
): Partial<IssuerConfig> {
  const { recommendationSource = 'store' } = store;
  return {
    hospitalStore: false,
    store: storeConfig(url, mrnSystem, store),
    recommendationSource,
    scopes: recommendationSource === 'store' ? CHART_SCOPES : SANDBOX_SCOPES,
  };
}

/** The app's own web server; what it serves depends on where the sandbox will be. */
async function startApp(options: StageOptions) {
  let handler: FileHandler = async () => new Response(null, { status: 503 });
  const server = await serveFiles(
    (path) => handler(path),
    options.port === 0 ? 0 : options.port + 1,
  );
  return {
    origins: ['localhost', '127.0.0.1'].map((host) => `http://${host}:${server.port}`),
    serve(config: SiteConfig) {
      handler = fileHandler({
        root: APP,
        headers: securityHeaders(config),
        json: { '/config.json': config },
      });
    },
    close: () => server.close(),
  };
}
