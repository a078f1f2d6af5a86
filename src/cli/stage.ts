import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { DEVICE_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { checkConfig } from '#src/io/config/load.ts';
import { securityHeaders } from '#src/io/csp.ts';
import { UsageError } from './command.ts';
import { type FileHandler, fileHandler, serveFiles } from './static-files.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface StageOptions {
  /** Port of the sandbox EHR; the app takes the next one. 0 takes free ones. */
  readonly port: number;
  readonly scenario?: string;
  readonly seed?: number;
  readonly vendor?: string;
  readonly faults?: readonly unknown[];
  readonly dataDir?: string;
  readonly accessTokenSeconds?: number;
  /** Epoch ms that the scenario describes; default now. */
  readonly now?: number;
  /** Overrides of what the app is told about the sandbox's issuer. */
  readonly issuer?: Partial<IssuerConfig>;
  /** Overrides of what the site decides for the whole app. */
  readonly site?: Partial<SiteConfig>;
}

/** Scopes for a clinician: the patient's chart, what AI wrote, our answers; nothing else. */
export const SANDBOX_SCOPES = [
  'launch openid fhirUser online_access',
  'patient/Patient.r patient/RiskAssessment.rs patient/DetectedIssue.rs patient/RequestGroup.rs',
  'patient/ServiceRequest.rs patient/MedicationRequest.rs patient/MedicationAdministration.rs',
  'patient/Condition.rs patient/Procedure.rs patient/DocumentReference.rs patient/Encounter.rs',
  'patient/DiagnosticReport.rs patient/ImagingStudy.rs patient/AllergyIntolerance.rs patient/Observation.crus',
  // Not in the Patient compartment, or about a model rather than a patient.
  'user/GuidanceResponse.rs user/Device.rs user/Observation.rs user/DocumentReference.rs',
  'user/Practitioner.rs user/PractitionerRole.rs user/Medication.rs user/Provenance.crs',
  // What a device says about itself, which is about no patient; it lets nobody answer for another.
  `user/Observation.cru?category=${SYSTEM.feedbackCategory}|${DEVICE_CATEGORY}`,
].join(' ');

/**
 * The sandbox EHR and the app on two origins of this machine, as a hospital has them on two hosts.
 * Composes what may not know each other: the sandbox (never shipped) and the built app.
 */
export async function startStage(options: StageOptions) {
  const app = await startApp(options);
  const sandbox = await startSandbox(options, app.origins).catch(async (cause: unknown) => {
    await app.close();
    throw cause;
  });
  const issuer = { ...sandbox.models, ...options.issuer };
  const config = sandboxConfig(sandbox.url, issuer, options.site);
  app.serve(config);
  return {
    ehrUrl: `${sandbox.url}/`,
    appUrl: `${app.origins[0]}/`,
    fhirUrl: `${sandbox.url}/fhir`,
    config,
    sandbox: sandbox.sandbox,
    close: async () => {
      await sandbox.close();
      await app.close();
    },
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
        root: at('dist/app'),
        headers: securityHeaders(config),
        json: { '/config.json': config },
      });
    },
    close: () => server.close(),
  };
}

/** The sandbox alone: EHR page, SMART and FHIR; the app is served by whoever owns `appOrigins`. */
export async function startSandbox(options: StageOptions, appOrigins: readonly string[]) {
  const [{ startHttp }, { createSandbox }, { isVendorName }, { parseFault }, { scenario, models }] =
    await Promise.all([
      import('#mocks/hosts/http.ts'),
      import('#mocks/sandbox.ts'),
      import('#mocks/vendors/vendors.ts'),
      import('#mocks/faults.ts'),
      loadScenario(options),
    ]);
  const { vendor = 'strict', accessTokenSeconds, dataDir } = options;
  if (!isVendorName(vendor)) throw new UsageError(`There is no vendor "${vendor}".`);
  const faults = (options.faults ?? []).map((fault) => {
    const parsed = parseFault(fault);
    if (typeof parsed === 'string') throw new UsageError(`A fault is not right: ${parsed}`);
    return parsed;
  });
  const journal = dataDir
    ? (await import('#mocks/hosts/ndjson-journal.ts')).openNdjsonJournal(dataDir)
    : undefined;
  const ehrPage = fileHandler({ root: at('dist/sandbox-ehr'), headers: ehrHeaders(appOrigins) });
  const host = await startHttp({
    port: options.port,
    fallback: (request) => ehrPage(new URL(request.url).pathname),
    create: (baseUrl) =>
      createSandbox({
        baseUrl,
        appOrigins,
        scenario,
        vendor,
        faults,
        ...(accessTokenSeconds && { accessTokenSeconds }),
        ...(journal && { journal }),
      }),
  });
  return { ...host, models };
}

/** A scenario, and what a site would have configured about its AI models. */
async function loadScenario({ scenario = 'ward', seed = 1, now = Date.now() }: StageOptions) {
  const options = { seed, now };
  switch (scenario) {
    case 'ward': {
      const { ward, AI_DEVICES, PROBABILITY_SCALES } = await import(
        '#mocks/scenarios/ward/index.ts'
      );
      const models = { aiDevices: AI_DEVICES, probabilityScales: PROBABILITY_SCALES };
      return { scenario: ward(options), models };
    }
    case 'minimal': {
      const { minimal } = await import('#mocks/scenarios/minimal.ts');
      return { scenario: minimal(options), models: {} };
    }
    default:
      throw new UsageError(`There is no scenario "${scenario}". Choose ward or minimal.`);
  }
}

/** What ships, plus the sandbox as its one issuer. */
function sandboxConfig(
  baseUrl: string,
  issuer: Partial<IssuerConfig> = {},
  site: Partial<SiteConfig> = {},
): SiteConfig {
  const shipped = JSON.parse(readFileSync(at('public/config.json'), 'utf8')) as object;
  return checkConfig({
    ...shipped,
    siteName: 'Sandbox',
    synthetic: true,
    frameAncestors: [baseUrl, baseUrl.replace('localhost', '127.0.0.1')],
    issuers: [
      {
        iss: `${baseUrl}/fhir`,
        label: 'Sandbox EHR',
        vendor: 'other',
        clientId: 'clinician-feedback',
        scopes: SANDBOX_SCOPES,
        hospitalStore: true,
        conditionalCreate: true,
        ...issuer,
      },
    ],
    ...site,
  });
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
