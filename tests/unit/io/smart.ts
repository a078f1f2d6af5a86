import { vi } from 'vitest';
import { listenInNode } from '#mocks/hosts/msw-node.ts';
import { createSandbox, type SandboxOptions } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { anIssuer, aSite } from '#tests/support/site.ts';

/** Where jsdom says that the page is; the sandbox registers the app there. */
export const APP = location.origin;
export const ISS = 'http://127.0.0.1:4999/fhir';
const SCOPES =
  'launch openid fhirUser online_access patient/Patient.r patient/RiskAssessment.rs patient/Observation.crus';

export const issuer = (change: Partial<IssuerConfig> = {}): IssuerConfig =>
  anIssuer(ISS, { scopes: SCOPES, ...change });

export const site = (...issuers: readonly IssuerConfig[]): SiteConfig =>
  aSite(issuers.length > 0 ? issuers : [issuer()], { synthetic: true });

export const launchPage = (query: string): URL => new URL(`${APP}/launch.html?${query}`);

/** A SMART server behind the page's `fetch`, as an EHR on another origin. */
export function startEhr(options: Partial<SandboxOptions> = {}) {
  const sandbox = createSandbox({
    baseUrl: ISS.replace('/fhir', ''),
    appOrigins: [APP],
    scenario: minimal({ seed: 1, now: Date.now() }),
    ...options,
  });
  const server = listenInNode(sandbox);
  return {
    sandbox,
    server,
    stop: () => server.close(),
    launch: (patient = 'p1', user = 'ada') =>
      sandbox.launch({
        clientId: 'clinician-feedback',
        user,
        patient,
        encounter: `enc-${patient}`,
      }),
  };
}

export type Ehr = ReturnType<typeof startEhr>;

/** The modules anew, as a page load has them: a launch is completed at most once a page. */
export async function freshPage() {
  vi.resetModules();
  const [{ authorize, readLaunchUrl }, { LaunchError }, { completeLaunch }, { FhirError }] =
    await Promise.all([
      import('#src/io/smart/launch.ts'),
      import('#src/io/smart/launch-error.ts'),
      import('#src/io/smart/session.ts'),
      import('#src/io/gateway.ts'),
    ]);
  return { authorize, readLaunchUrl, LaunchError, completeLaunch, FhirError };
}
