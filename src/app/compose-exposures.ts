import type { Exposure } from '#src/domain/feedback.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import type { ExposureOptions, ExposureRecorder } from '#src/io/exposures/exposure-recorder.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';

/** The store of this launch that takes exposures: an EHR's chart never does (fhir-contract.md). */
export function exposurePlace(
  issuer: Pick<IssuerConfig, 'hospitalStore' | 'conditionalCreate'>,
  gateway: FhirGateway,
  store: OpenedStore | undefined,
): Pick<ExposureOptions, 'gateway' | 'target' | 'conditionalCreate'> | undefined {
  if (store)
    return {
      gateway: store.gateway,
      target: { server: store.gateway.baseUrl, subject: store.subject },
      conditionalCreate: store.config.conditionalCreate,
    };
  return issuer.hospitalStore
    ? { gateway, conditionalCreate: issuer.conditionalCreate }
    : undefined;
}

/** What earlier pages left can wait until the first card is there. */
const START_AFTER_MS = 3_000;
const AGAIN_AFTER_MS = 60_000;

/**
 * Fetched with the first exposure, hence after the first card. Undefined: no store of this launch
 * takes exposures.
 */
export function composeExposures(
  options: ExposureOptions | undefined,
): (exposure: Omit<Exposure, 'id'>) => void {
  if (!options) return () => undefined;
  const { clock } = options;
  const early: Omit<Exposure, 'id'>[] = [];
  let recorder: ExposureRecorder | undefined;
  const open = async () => {
    const { ExposureRecorder } = await import('#src/io/exposures/exposure-recorder.ts');
    const isFirst = recorder === undefined;
    recorder ??= new ExposureRecorder(options);
    for (const exposure of early.splice(0)) recorder.record(exposure);
    if (isFirst) await recorder.start();
  };
  const tryToOpen = () => {
    // Not fetched: without a network nothing could be sent either.
    open().catch(() => void clock.after(AGAIN_AFTER_MS, tryToOpen));
  };
  clock.after(START_AFTER_MS, tryToOpen);
  return (exposure) => {
    early.push(exposure);
    tryToOpen();
  };
}
