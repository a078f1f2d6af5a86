import type { StandingCode } from '#src/domain/governance/model-state.ts';
import type { Model } from '#src/domain/recommendation.ts';
import type { ReviewCard } from '#src/state/review-model.ts';
import { formatDateTime } from '#src/ui/format/date-time.ts';

export const isShown = ({ advice }: ReviewCard): boolean => advice === 'shown';

const BADGE: Readonly<Partial<Record<StandingCode, string>>> = {
  pilot: 'Pilot',
  restricted: 'Restricted use',
  unknown: 'Model state unknown',
  suspended: 'Suspended',
  expired: 'Approval ended',
  retired: 'Retired',
  unread: 'Not checked',
};

/** What must be known of a model wherever it is named. */
export const stateBadge = ({ state }: Model): string | undefined => BADGE[state];

const NOT_IN_USE = 'This model is not in use here';

const BECAUSE: Readonly<Partial<Record<StandingCode, string>>> = {
  suspended: 'This model is suspended',
  retired: 'This model is retired',
  silent: NOT_IN_USE,
  proposed: NOT_IN_USE,
  validated: NOT_IN_USE,
  unknown: 'This model is not registered here',
};

/** Why its advice is hidden, and since when. */
export function hiddenBecause({ state, stateSince }: Model): string {
  const at = stateSince === undefined ? '' : formatDateTime(stateSince);
  if (state === 'expired') return `The approval of this model ended${at && ` on ${at}`}`;
  const because = BECAUSE[state] ?? 'It could not be checked whether this model may be used';
  return at === '' ? because : `${because} since ${at}`;
}
