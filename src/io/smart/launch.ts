import type { SiteConfig } from '#src/domain/site-config.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { smartApi } from './fhirclient.ts';
import { LaunchError } from './launch-error.ts';
import { rememberLaunch } from './launch-memory.ts';

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

/**
 * Starts the SMART App Launch 2.2 authorization and returns the URL of the authorization server.
 * PKCE S256; `state` is a random UUID (122 bits) since fhirclient's own comes from `Math.random`.
 */
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
  const options = {
    iss: issuer.iss,
    clientId: issuer.clientId,
    scope,
    redirectUri: issuer.redirectUri ?? new URL('index.html', page).href.replace(/[?#].*$/, ''),
    stateKey: launchId,
    pkceMode: issuer.pkce,
    noRedirect: true,
    // The app may run in a frame: finish there, never in the parent's window (hazard 9).
    completeInTarget: true,
    target: '_self',
    wellKnownRequestOptions: { headers: issuer.discoveryHeaders },
    conformanceRequestOptions: { headers: issuer.discoveryHeaders },
  };
  const url = await smartApi(page, ['launch'], issuer.refreshTokenWithClientId)
    .authorize(options)
    .catch((cause: unknown) => {
      if (cause instanceof Error && cause.message.includes('S256')) throw noUsableSignIn();
      throw cause;
    });
  // A server without sign-in makes fhirclient answer with our own page: nobody enters that way.
  const asked = typeof url === 'string' && url.includes('response_type=code');
  if (!asked || (issuer.pkce === 'required' && !url.includes('code_challenge=')))
    throw noUsableSignIn();
  return url;
}

const noUsableSignIn = () =>
  new LaunchError(
    'The EHR offers no authorization that this app may use (PKCE S256 is required).',
    'Ask your informatics team to check the issuer with the connection check.',
  );

/** The host only, and only of a web address: the rest of a link may be anything. */
function safeUrl(text: string): string {
  return URL.canParse(text) && /^https?:/.test(text) ? new URL(text).origin : 'in this link';
}
