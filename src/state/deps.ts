import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { AnswerOutbox } from '#src/domain/delivery.ts';
import type { Exposure } from '#src/domain/feedback.ts';
import type { WaitingDesk } from '#src/domain/outbox/waiting-desk.ts';
import type { LaunchSession } from '#src/domain/session.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import type { LaunchState } from './launch.store.ts';

/** Everything that the screens reach outside React: built once in `app/compose.ts`. */
export interface Deps {
  readonly config: SiteConfig;
  readonly issuer: IssuerConfig;
  /** Facts of the launch, as `launch` holds them. */
  readonly session: LaunchSession;
  readonly launch: StoreApi<LaunchState>;
  readonly clock: Clock;
  /** The EHR of the launch. */
  readonly gateway: FhirGateway;
  /** The hospital's own store beside it, where one is configured. */
  readonly store?: OpenedStore;
  readonly outbox: AnswerOutbox;
  /** The same outbox, for the screen that lists what waits. */
  readonly desk: WaitingDesk;
  /** Text that a clinician typed and has not sent; survives a sign-in in this tab, if it is `lasting`. */
  readonly drafts: DraftMemory;
  readonly appVersion: string;
  /** `urn:uuid:` with 122 random bits. */
  newId(): string;
  /** ISO 8601 with the local offset, as the contract wants answer times. */
  timestamp(): string;
  recordExposure(exposure: Omit<Exposure, 'id'>): void;
  signIn(): void;
  /** Nobody uses the panel: what is held is sent, then the token is forgotten. */
  lock(): void;
}

export interface DraftMemory {
  /** False: the browser keeps nothing for this frame, and a sign-in or a reload loses what is typed. */
  readonly lasting: boolean;
  /** Resolves once `all` has what earlier pages kept. Never rejects. */
  readonly ready: Promise<void>;
  /** By recommendation id. */
  all(): Readonly<Record<string, unknown>>;
  /** Undefined: done with it. */
  save(recommendationId: string, draft: unknown): void;
}

const DepsContext = createContext<Deps | undefined>(undefined);
export const DepsProvider = DepsContext.Provider;

export function useDeps(): Deps {
  const deps = useContext(DepsContext);
  if (!deps) throw new Error('useDeps needs a DepsProvider above it (app/compose.ts).');
  return deps;
}
