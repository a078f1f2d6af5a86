import type { StoreConfig } from '#src/domain/site-config.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { MatchDoubt } from './match-patient.ts';

/** The hospital's own FHIR store in this launch: signed in, and the launched patient found there. */
export interface OpenedStore {
  readonly config: StoreConfig;
  /** `gateway.baseUrl` is `config.baseUrl` without a trailing slash. */
  readonly gateway: FhirGateway;
  /** The launched patient as this store knows them ("Patient/77"), found by identifier. */
  readonly subject: string;
  /** What the two records of this patient do not agree on; the screen says it. */
  readonly doubts?: readonly MatchDoubt[];
}
