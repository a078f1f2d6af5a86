import type { IssuerConfig } from '#src/domain/site-config.ts';
import { smartApi } from './fhirclient.ts';
import { LaunchError } from './launch-error.ts';

/** A server at which one signs in: an EHR, or the hospital's own store. */
export interface SignInServer
  extends Pick<
    IssuerConfig,
    'iss' | 'clientId' | 'redirectUri' | 'pkce' | 'refreshTokenWithClientId' | 'discoveryHeaders'
  > {
  /** At the beginning of a sentence. */
  readonly name: string;
  readonly scope: string;
}

/**
 * Where the browser goes to sign in. PKCE S256; `state` is a random UUID (122 bits) of ours, since
 * fhirclient's own comes from `Math.random`.
 * @param allowed parameters of `page` that go into the request
 */
export async function authorizationUrl(
  server: SignInServer,
  state: string,
  page: URL,
  allowed: readonly string[],
): Promise<string> {
  const options = {
    iss: server.iss,
    clientId: server.clientId,
    scope: server.scope,
    redirectUri: server.redirectUri ?? new URL('index.html', page).href,
    stateKey: state,
    pkceMode: server.pkce,
    noRedirect: true,
    // The app may run in a frame: finish there, never in the parent's window (hazard 9).
    completeInTarget: true,
    target: '_self',
    wellKnownRequestOptions: { headers: server.discoveryHeaders },
    conformanceRequestOptions: { headers: server.discoveryHeaders },
  };
  const url = await smartApi(page, allowed, server.refreshTokenWithClientId)
    .authorize(options)
    .catch((cause: unknown) => {
      if (cause instanceof Error && cause.message.includes('S256')) throw noUsableSignIn(server);
      throw cause;
    });
  // A server without sign-in makes fhirclient answer with our own page: nobody enters that way.
  const asked = typeof url === 'string' && url.includes('response_type=code');
  if (!asked || (server.pkce === 'required' && !url.includes('code_challenge=')))
    throw noUsableSignIn(server);
  return url;
}

const noUsableSignIn = ({ name }: SignInServer) =>
  new LaunchError(
    `${name} offers no authorization that this app may use (PKCE S256 is required).`,
    'Ask your informatics team to check the issuer with the connection check.',
  );
