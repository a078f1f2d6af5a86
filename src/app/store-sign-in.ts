import type { IssuerConfig, StoreConfig } from '#src/domain/site-config.ts';
import { type Clock, systemClock } from '#src/io/clock.ts';
import type { Pages } from '#src/io/hospital-store/callback.ts';
import { signInToStore } from '#src/io/hospital-store/sign-in.ts';
import type { SmartSession } from '#src/io/smart/session.ts';

/**
 * The hospital store's own sign-in, which follows the EHR's. Never resolves where the browser leaves
 * for it.
 */
export async function storeSignIn(
  issuer: IssuerConfig,
  store: StoreConfig,
  { session: { launchId } }: SmartSession,
  { launched, fromStore }: Pages,
  clock: Clock = systemClock,
): Promise<SmartSession> {
  const now = clock.now();
  const signedIn = await signInToStore({ store, issuer, launchId, page: launched, fromStore, now });
  if ('session' in signedIn) return signedIn.session;
  location.replace(signedIn.leaveFor);
  return new Promise(() => undefined);
}
