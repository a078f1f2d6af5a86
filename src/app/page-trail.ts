import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { systemClock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { auditTrail } from './audit-trail.ts';

interface Page {
  readonly config: SiteConfig;
  readonly issuer: Pick<IssuerConfig, 'store' | 'hospitalStore'>;
  readonly smart: SmartSession;
}

/** The server of a page without an outbox; what is written there comes into the trail of who is signed in. */
export function withTrail(server: FhirGateway, { config, issuer, smart }: Page): FhirGateway {
  // An EHR's chart takes no records of ours but answers.
  if (!issuer.store && !issuer.hospitalStore) return server;
  const trail = auditTrail();
  trail.start(systemClock, async () =>
    (await import('./open-trail.ts')).trailOfPage(config, smart, server),
  );
  return trail.noted(server);
}
