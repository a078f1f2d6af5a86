import { fileURLToPath } from 'node:url';
import { UsageError } from './command.ts';
import type { StageOptions } from './stage-options.ts';
import { type LoadedScenario, loadScenario } from './stage-scenario.ts';
import { fileHandler } from './static-files.ts';

const PAGE = fileURLToPath(new URL('../../dist/sandbox-ehr', import.meta.url));

/** The store's registration at the EHR: it may ask about tokens, and launches nothing. */
export const INTROSPECTION_CLIENT = {
  id: 'hospital-store',
  name: 'Hospital store (introspection)',
  launchUrl: '',
  redirectUris: [],
  origins: [],
  secret: 'sandbox-secret-of-the-hospital-store',
} as const;

/** The sandbox EHR: EHR page, SMART and FHIR; the app is served by whoever owns `appOrigins`. */
export async function startSandbox(
  options: StageOptions,
  appOrigins: readonly string[],
  loaded?: LoadedScenario,
) {
  const [{ startHttp }, { createSandbox }, { isVendorName }, { defaultClient }, { scenario }] =
    await Promise.all([
      import('#mocks/hosts/http.ts'),
      import('#mocks/sandbox.ts'),
      import('#mocks/vendors/vendors.ts'),
      import('#mocks/smart/client.ts'),
      loaded ?? loadScenario(options),
    ]);
  const { vendor = 'strict', accessTokenSeconds, dataDir } = options;
  if (!isVendorName(vendor)) throw new UsageError(`There is no vendor "${vendor}".`);
  const faults = await parseFaults(options.faults ?? []);
  const journal = dataDir ? await openJournal(dataDir) : undefined;
  const ehrPage = fileHandler({ root: PAGE, headers: ehrHeaders(appOrigins) });
  return startHttp({
    port: options.port,
    fallback: (request) => ehrPage(new URL(request.url).pathname),
    create: (baseUrl) =>
      createSandbox({
        baseUrl,
        appOrigins,
        scenario,
        vendor,
        faults,
        clients: [
          defaultClient(appOrigins),
          ...(options.store?.auth === 'ehr-token' ? [INTROSPECTION_CLIENT] : []),
        ],
        ...(accessTokenSeconds && { accessTokenSeconds }),
        ...(journal && { journal }),
      }),
  });
}

export async function parseFaults(faults: readonly unknown[]) {
  const { parseFault } = await import('#mocks/faults.ts');
  return faults.map((fault) => {
    const parsed = parseFault(fault);
    if (typeof parsed === 'string') throw new UsageError(`A fault is not right: ${parsed}`);
    return parsed;
  });
}

export async function openJournal(directory: string) {
  const { openNdjsonJournal } = await import('#mocks/hosts/ndjson-journal.ts');
  return openNdjsonJournal(directory);
}

/** The EHR page may frame the app and talk to its own server, nothing more. */
function ehrHeaders(appOrigins: readonly string[]): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'self'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      `frame-src 'self' ${appOrigins.join(' ')}`,
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
