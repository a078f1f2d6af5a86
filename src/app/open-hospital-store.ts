import type { SiteConfig } from '#src/domain/site-config.ts';
import { type Clock, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { gatewayTo } from './gateway-to.ts';

/**
 * The hospital's store of this launch, before anything is read: who the patient is there decides what
 * may be shown. Undefined where none is configured, and where no patient is open. Throws `StoreStop`.
 */
export async function openHospitalStore(
  config: SiteConfig,
  smart: SmartSession,
  clock: Clock = systemClock,
): Promise<OpenedStore | undefined> {
  const { issuer, patientId } = smart.session;
  const store = findIssuer(config, issuer)?.store;
  if (!store || patientId === undefined) return undefined;
  // Most sites have none: its code is not in the way of the first card.
  const { openStore } = await import('#src/io/hospital-store/open-store.ts');
  return openStore({
    config: store,
    // The EHR's own token: the store's gateway asks the EHR about it (`auth: "ehr-token"`).
    gateway: gatewayTo(store.baseUrl, smart, clock),
    ehr: gatewayTo(issuer, smart, clock),
    patientId,
  });
}
