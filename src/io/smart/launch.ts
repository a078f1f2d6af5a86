import type { SiteConfig } from '#src/domain/site-config.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { authorizationUrl } from './authorization-url.ts';
import { LaunchError } from './launch-error.ts';
import { rememberLaunch } from './launch-memory.ts';
import { launchStore } from './launch-store.ts';

/** The launch parameters that we accept; everything else in the URL is ignored. */
export interface LaunchParameters {
  readonly iss: string;
  /** Absent: a standalone launch. */
  readonly launch: string | undefined;
  /** A sign-in from inside the app, after the token ended: the launch that is to be resumed. */
  readonly resume: string | undefined;
}

/** Reads and checks the launch URL. Throws `LaunchError`. */
export function readLaunchUrl(url: URL): LaunchParameters {
  if (url.searchParams.has('fhirServiceUrl'))
    throw new LaunchError(
      'This link tries to open a FHIR server without signing in.',
      'Open the app from the EHR instead.',
    );
  const all = url.searchParams.getAll('iss');
  const iss = all[0];
  if (!iss || all.length > 1 || url.searchParams.getAll('launch').length > 1)
    throw new LaunchError(
      'This page was opened without a (single) EHR address.',
      'Open the app from the EHR. To try it without one, start the sandbox (npm start).',
    );
  return {
    iss,
    launch: url.searchParams.get('launch') ?? undefined,
    resume: url.searchParams.get('resume') ?? undefined,
  };
}

/** Starts the SMART App Launch 2.2 authorization and returns the URL of the authorization server. */
export async function authorize(
  config: SiteConfig,
  parameters: LaunchParameters,
  page: URL,
): Promise<string> {
  const issuer = findIssuer(config, parameters.iss);
  if (!issuer)
    throw new LaunchError(
      `This app is not set up for the server ${safeUrl(parameters.iss)}.`,
      'If this is your EHR, ask your informatics team to add it to config.json (issuers).',
    );
  if (issuer.store?.auth === 'smart') requireLastingStorage(issuer.store.label);
  const launchId = crypto.randomUUID();
  rememberLaunch(launchId, {
    iss: issuer.iss,
    launch: parameters.launch,
    resume: parameters.resume,
  });
  const scope = parameters.launch
    ? issuer.scopes
    : // Standalone: the EHR gave no context, so the server must ask which patient.
      issuer.scopes.replace(/(^|\s)launch(?=\s|$)/, '$1launch/patient');
  return authorizationUrl({ ...issuer, name: 'The EHR', scope }, launchId, page, ['launch']);
}

/** The way to the second sign-in leaves the page, and takes the token of the first with it. */
function requireLastingStorage(store: string): void {
  if (launchStore().lasting) return;
  throw new LaunchError(
    `You have to sign in to ${store} too, and in this frame the browser keeps nothing meanwhile.`,
    'Open the app in a window of its own, or ask your informatics team to allow its storage in the EHR.',
    true,
  );
}

/** The host only, and only of a web address: the rest of a link may be anything. */
function safeUrl(text: string): string {
  return URL.canParse(text) && /^https?:/.test(text) ? new URL(text).origin : 'in this link';
}
