import type { IssuerConfig } from '#src/domain/site-config.ts';
import type { TargetStore } from '#src/fhir/feedback/observation-base.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';

/** The server of this launch that takes more than answers. */
export interface RecordStore {
  readonly gateway: FhirGateway;
  /** Where the gateway is not the EHR's own: its own Patient, who is the launched one. */
  readonly target?: TargetStore;
  readonly conditionalCreate: boolean;
}

/**
 * For what was seen, and what this device says of itself: the hospital's store; an EHR's chart never
 * takes them (fhir-contract.md), hence undefined.
 */
export function recordStoreOf(
  issuer: Pick<IssuerConfig, 'hospitalStore' | 'conditionalCreate'>,
  gateway: FhirGateway,
  store: OpenedStore | undefined,
): RecordStore | undefined {
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
