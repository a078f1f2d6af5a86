import { noting, type Written } from '#src/io/audit/noting-gateway.ts';
import { AFTER_CARD_MS, type Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { TrailParts } from './open-trail.ts';

const AGAIN_AFTER_MS = 60_000;

/** The audit trail of a page, before there is anything that keeps it. */
export interface AuditTrail {
  /** The same server, whose writes come into the trail. */
  noted(gateway: FhirGateway): FhirGateway;
  /** Fetches what keeps it: after the first card, or with the first write if that is later. */
  start(clock: Clock, parts: () => TrailParts | Promise<TrailParts>): void;
}

export function auditTrail(): AuditTrail {
  const early: Written[] = [];
  let tell = (written: Written): void => void early.push(written);
  return {
    noted: (gateway) => noting(gateway, (written) => tell(written)),
    start(clock, parts) {
      const open = async () => {
        const { openTrail } = await import('./open-trail.ts');
        const recorder = await openTrail(await parts());
        tell = (written) => recorder.note(written);
        early.splice(0).forEach(tell);
      };
      // Not fetched: without a network nothing could be sent either.
      const tryToOpen = () => void open().catch(() => clock.after(AGAIN_AFTER_MS, tryToOpen));
      clock.after(AFTER_CARD_MS, tryToOpen);
    },
  };
}
