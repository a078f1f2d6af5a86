import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LaunchSession } from '#src/domain/session.ts';

/** What the token says *now*; a renewal may change it under the screen. */
export interface TokenFacts {
  readonly patientId: string | undefined;
}

export interface LaunchState {
  /** Frozen when the launch completed; never replaced (another launch is another page). */
  readonly session: LaunchSession;
  readonly token: TokenFacts;
  tokenRenewed(token: TokenFacts): void;
}

/** The one owner of the launch: made once by `app/compose.ts`. */
export function createLaunchStore(session: LaunchSession): StoreApi<LaunchState> {
  return createStore<LaunchState>()((set) => ({
    session,
    token: { patientId: session.patientId },
    tokenRenewed: (token) => set({ token }),
  }));
}
