import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { type Clock, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { deliverAnswer } from '#src/io/deliver-answer.ts';
import { ExposureRecorder } from '#src/io/exposure-recorder.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { DirectOutbox } from '#src/io/outbox/direct-outbox.ts';
import { retractAnswer } from '#src/io/retract-answer.ts';
import { recallLaunch } from '#src/io/smart/launch-memory.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { tabDraftStore, tabPendingStore } from '#src/io/tab-store.ts';
import type { Deps } from '#src/state/deps.ts';
import { createLaunchStore } from '#src/state/launch.store.ts';
import { endSessionWhenSent } from './end-session.ts';

/** The one place where real parts meet. */
export function compose(config: SiteConfig, smart: SmartSession, clock: Clock = systemClock): Deps {
  const { session } = smart;
  const issuer = requireIssuer(config, session.issuer);
  const launch = createLaunchStore(session);
  smart.onRenewed((patientId) => launch.getState().tokenRenewed({ patientId }));
  const gateway = new HttpGateway({
    baseUrl: session.issuer,
    authorization: () => smart.authorization(),
    fetch: (...request) => fetch(...request),
    clock,
  });
  const outbox = new DirectOutbox({
    clock,
    pending: tabPendingStore(session),
    deliver: (answer, leaving) =>
      deliverAnswer(
        {
          gateway,
          issuer,
          clock,
          session: () => ({ patientId: smart.currentPatientId(), performer: session.performer }),
        },
        answer,
        leaving,
      ),
  });
  const exposures = new ExposureRecorder(gateway, issuer, session.launchId);
  return {
    config,
    issuer,
    session,
    launch,
    clock,
    gateway,
    outbox,
    drafts: tabDraftStore(session),
    appVersion: __APP_VERSION__,
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    timestamp: () => isoWithOffset(clock.now(), -new Date(clock.now()).getTimezoneOffset()),
    retract: (observationId) => retractAnswer(gateway, observationId),
    recordExposure: (exposure) => exposures.record(exposure),
    signIn: () => {
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
