import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { type Clock, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { ExposureRecorder } from '#src/io/exposure-recorder.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import { recallLaunch } from '#src/io/smart/launch-memory.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { tabDraftStore } from '#src/io/tab-store.ts';
import type { Deps } from '#src/state/deps.ts';
import { createLaunchStore } from '#src/state/launch.store.ts';
import { composeOutbox } from './compose-outbox.ts';
import { endSessionWhenSent } from './end-session.ts';
import { gatewayTo } from './gateway-to.ts';
import { warnOnLeaving } from './warn-on-leaving.ts';

/** The one place where real parts meet. */
export function compose(
  config: SiteConfig,
  smart: SmartSession,
  store?: OpenedStore,
  clock: Clock = systemClock,
): Deps {
  const { session } = smart;
  const issuer = requireIssuer(config, session.issuer);
  const launch = createLaunchStore(session);
  smart.onRenewed((patientId) => launch.getState().tokenRenewed({ patientId }));
  const gateway = gatewayTo(session.issuer, smart, clock);
  const timestamp = () => isoWithOffset(clock.now(), -new Date(clock.now()).getTimezoneOffset());
  const appVersion = __APP_VERSION__;
  const { outbox, desk } = composeOutbox({
    config,
    issuer,
    smart,
    gateway,
    store,
    clock,
    appVersion,
    timestamp,
  });
  const drafts = tabDraftStore(session);
  const stopWarning = warnOnLeaving(outbox);
  const exposures = new ExposureRecorder(gateway, issuer, session.launchId);
  return {
    config,
    issuer,
    session,
    launch,
    clock,
    gateway,
    ...(store && { store }),
    outbox,
    desk,
    drafts,
    appVersion,
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    timestamp,
    recordExposure: (exposure) => exposures.record(exposure),
    signIn: () => {
      // What waits is in the tab's storage when the page comes back.
      if (drafts.lasting) stopWarning();
      const memory = recallLaunch(session.launchId);
      const query = new URLSearchParams({ iss: session.issuer, resume: session.launchId });
      if (memory?.launch) query.set('launch', memory.launch);
      location.assign(`launch.html?${query}`);
    },
    lock: () => endSessionWhenSent(outbox, smart, clock),
  };
}

function requireIssuer(config: SiteConfig, iss: string): IssuerConfig {
  const issuer = findIssuer(config, iss);
  if (!issuer) throw new Error(`${iss} is not configured.`);
  return issuer;
}
