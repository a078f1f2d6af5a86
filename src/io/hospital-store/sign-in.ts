import { withoutSlash } from '#src/domain/base-url.ts';
import type { IssuerConfig, StoreConfig } from '#src/domain/site-config.ts';
import { authorizationUrl } from '#src/io/smart/authorization-url.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { recallLaunch, rememberLaunch } from '#src/io/smart/launch-memory.ts';
import { launchStore } from '#src/io/smart/launch-store.ts';
import { finishSignIn, type SmartSession } from '#src/io/smart/session.ts';
import { StoreStop } from './store-stop.ts';

export interface StoreSignIn {
  readonly store: StoreConfig;
  readonly issuer: Pick<IssuerConfig, 'redirectUri'>;
  /** The launch in the EHR to which this sign-in belongs. */
  readonly launchId: string;
  readonly page: URL;
  /** The way back from the store's sign-in, if this page load is one. */
  readonly fromStore?: URL | undefined;
  /** Epoch ms. */
  readonly now: number;
}

export type SignedIn = { readonly session: SmartSession } | { readonly leaveFor: string };

/**
 * The store's own SMART sign-in, after that of the EHR: finished, taken up again after a reload, or
 * begun, for which the page has to be left. Its id is tied to the launch in what this tab remembers; in
 * an address it stands only as `state`. Throws `StoreStop`.
 */
export async function signInToStore(given: StoreSignIn): Promise<SignedIn> {
  const { launchId, fromStore, now, page } = given;
  const memory = recallLaunch(launchId);
  if (fromStore) {
    const state = fromStore.searchParams.get('state') ?? '';
    const session = await finish(given, state, fromStore);
    if (memory) rememberLaunch(launchId, { ...memory, storeSignIn: state });
    return { session };
  }
  const kept = memory?.storeSignIn;
  if (kept === undefined || !isUsable(launchStore().read(kept), now))
    return { leaveFor: await begin(given) };
  const again = new URL(page.pathname, page.origin);
  again.searchParams.set('state', kept);
  return { session: await finish(given, kept, again) };
}

const serverOf = ({ store, issuer: { redirectUri } }: StoreSignIn) => ({
  iss: withoutSlash(store.baseUrl),
  name: store.label,
  label: store.label,
  clientId: store.clientId ?? '',
  scope: store.scopes ?? '',
  pkce: 'required' as const,
  refreshTokenWithClientId: true,
  discoveryHeaders: {},
  // The EHR sends the browser back to the same page: both registrations name it.
  ...(redirectUri !== undefined && { redirectUri }),
});

async function finish(given: StoreSignIn, state: string, page: URL): Promise<SmartSession> {
  try {
    return await finishSignIn(serverOf(given), state, page);
  } catch (cause) {
    if (!(cause instanceof LaunchError)) throw cause;
    throw new StoreStop('sign-in', cause.message, cause.cure, cause);
  }
}

async function begin(given: StoreSignIn): Promise<string> {
  const server = serverOf(given);
  const state = crypto.randomUUID();
  rememberLaunch(state, {
    iss: server.iss,
    launch: undefined,
    resume: undefined,
    ehrLaunch: given.launchId,
  });
  try {
    return await authorizationUrl(server, state, given.page, []);
  } catch (cause) {
    if (cause instanceof LaunchError)
      throw new StoreStop('refused', cause.message, cause.cure, cause);
    throw new StoreStop(
      'sign-in',
      `The sign-in of ${server.name} could not be reached.`,
      'Try again. If it fails again, ask your informatics team to run the connection check.',
      cause,
    );
  }
}

/** A token that has not ended, or one that can be renewed. */
function isUsable(kept: unknown, now: number): boolean {
  if (typeof kept !== 'object' || kept === null) return false;
  const { expiresAt, tokenResponse } = kept as {
    expiresAt?: number;
    tokenResponse?: { access_token?: string; refresh_token?: string };
  };
  if (!tokenResponse?.access_token) return false;
  return Boolean(tokenResponse.refresh_token) || Number(expiresAt) * 1000 > now;
}
