import type { StandingCode } from '../model-state.ts';

/** States in the order in which a model version comes into use and goes out of it. */
export const LIFECYCLE = [
  'proposed',
  'validated',
  'silent',
  'pilot',
  'active',
  'restricted',
  'suspended',
  'retired',
] as const;

export type LifecycleState = (typeof LIFECYCLE)[number];

/** In which clinicians see the advice. */
export const VISIBLE: readonly LifecycleState[] = ['pilot', 'active', 'restricted'];

export const isVisible = (state: LifecycleState): boolean => VISIBLE.includes(state);

/** Out of use, whatever the record calls it: from here it may come back, under the same gates. */
const FROM_STOPPED: readonly LifecycleState[] = [
  'silent',
  'pilot',
  'restricted',
  'active',
  'suspended',
  'retired',
];

/**
 * Where a model version may go from where it stands. To the same state: for another place, or with a
 * new end. `unknown` is a model that nobody registered and that may be in use all the same: it can be
 * stopped at once, and otherwise begins at the beginning, or goes on with a banner while it is examined.
 */
const MOVES: Readonly<Record<StandingCode, readonly LifecycleState[]>> = {
  unknown: ['proposed', 'restricted', 'suspended', 'retired'],
  proposed: ['validated', 'retired'],
  validated: ['silent', 'retired'],
  silent: ['silent', 'pilot', 'suspended', 'retired'],
  pilot: ['pilot', 'silent', 'active', 'restricted', 'suspended', 'retired'],
  active: ['active', 'silent', 'pilot', 'restricted', 'suspended', 'retired'],
  restricted: ['restricted', 'silent', 'pilot', 'active', 'suspended', 'retired'],
  suspended: FROM_STOPPED,
  expired: FROM_STOPPED,
  unread: FROM_STOPPED,
  retired: [],
};

export const movesFrom = (from: StandingCode): readonly LifecycleState[] => MOVES[from];

export const mayMove = (from: StandingCode, to: LifecycleState): boolean =>
  MOVES[from].includes(to);

/**
 * Where a version may go that stands differently in different places: a pilot in one unit leads to use
 * everywhere, although elsewhere it is silent still.
 */
export const movesFromAny = (standing: readonly StandingCode[]): readonly LifecycleState[] =>
  LIFECYCLE.filter((to) => standing.some((from) => mayMove(from, to)));

/** From which of these a move is one; else the first, from which it is none. */
export const originOf = (standing: readonly StandingCode[], to: LifecycleState): StandingCode =>
  standing.find((from) => mayMove(from, to)) ?? standing[0] ?? 'unknown';

/** What one person may do at once: to take advice away, and to enter a model that nobody sees yet. */
const ALONE: readonly LifecycleState[] = ['proposed', 'suspended'];

/** How many people a move takes: who proposes is never who approves. */
export const peopleNeeded = (to: LifecycleState): 1 | 2 => (ALONE.includes(to) ? 1 : 2);
