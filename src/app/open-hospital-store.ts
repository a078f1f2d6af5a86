import type { IssuerConfig } from '#src/domain/site-config.ts';
import { type Clock, systemClock } from '#src/io/clock.ts';
import type { Pages } from '#src/io/hospital-store/callback.ts';
import { openStore } from '#src/io/hospital-store/open-store.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import { StoreStop } from '#src/io/hospital-store/store-stop.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { gatewayTo } from './gateway-to.ts';
import { storeSignIn } from './store-sign-in.ts';

export interface HospitalStore {
  readonly store: OpenedStore;
  /** The launch's sign-in, and with it the store's own where it has one. */
  readonly smart: SmartSession;
}

/**
 * The hospital's store of this launch, before anything is read: who the patient is there decides what
 * may be shown. Undefined where none is configured, and where no patient is open. Throws `StoreStop`;
 * never resolves where the browser leaves for the store's own sign-in.
 */
export async function openHospitalStore(
  issuer: IssuerConfig | undefined,
  smart: SmartSession,
  pages: Pages,
  clock: Clock = systemClock,
): Promise<HospitalStore | undefined> {
  const { patientId } = smart.session;
  if (!issuer?.store || patientId === undefined) return undefined;
  const { store: config } = issuer;
  const own =
    config.auth === 'smart' ? await storeSignIn(issuer, config, smart, pages, clock) : undefined;
  const opening = openStore({
    config,
    // With the EHR's own token, the store's gateway asks the EHR about it.
    gateway: gatewayTo(config.baseUrl, own ?? smart, clock),
    ehr: gatewayTo(smart.session.issuer, smart, clock),
    patientId,
    ...(own && { signIn: { ...own.session, performer: smart.session.performer } }),
  });
  return {
    // A sign-in that did not do is not taken up again: the next page load asks anew.
    store: await opening.catch((cause: unknown) => {
      if (cause instanceof StoreStop && cause.kind !== 'unreachable') own?.forget();
      throw cause;
    }),
    smart: own ? both(smart, own) : smart,
  };
}

/** Who leaves the one has left the other: a locked panel keeps no token. */
const both = (smart: SmartSession, own: SmartSession): SmartSession => ({
  session: smart.session,
  authorization: () => smart.authorization(),
  renew: () => smart.renew(),
  currentPatientId: () => smart.currentPatientId(),
  onRenewed: (listener) => smart.onRenewed(listener),
  forget: () => {
    smart.forget();
    own.forget();
  },
  end: async () => {
    await Promise.all([smart.end(), own.end()]);
  },
});
