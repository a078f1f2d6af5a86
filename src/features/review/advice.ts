import type { StandingCode } from '#src/domain/governance/model-state.ts';

export type Advice =
  | { readonly shown: true; readonly badge?: string }
  | { readonly shown: false; readonly badge: string; readonly because: string };

/**
 * Whether a model's advice may be seen. Advice of a model that is not in clinical use is not shown
 * to act on; that it exists is never hidden.
 */
const ADVICE: Readonly<Record<StandingCode, Advice>> = {
  active: { shown: true },
  pilot: { shown: true, badge: 'Pilot' },
  restricted: { shown: true, badge: 'Restricted use' },
  unknown: { shown: true, badge: 'Model state unknown' },
  suspended: { shown: false, badge: 'Suspended', because: 'This model is suspended' },
  expired: {
    shown: false,
    badge: 'Approval ended',
    because: 'The approval of this model has ended',
  },
  unread: {
    shown: false,
    badge: 'State not known',
    because: 'It could not be checked whether this model may be used',
  },
  retired: { shown: false, badge: 'Retired', because: 'This model is retired' },
  silent: {
    shown: false,
    badge: 'Silent',
    because: 'This model runs silently and is not in clinical use',
  },
  proposed: {
    shown: false,
    badge: 'Proposed',
    because: 'This model is proposed and not in clinical use',
  },
  validated: {
    shown: false,
    badge: 'Validated',
    because: 'This model is validated but not yet in clinical use',
  },
};

export const adviceOf = (state: StandingCode): Advice => ADVICE[state];
