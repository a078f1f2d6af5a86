import type { ModelStateRecord, StandingCode } from '../model-state.ts';
import type { GateAnswer } from './gates.ts';
import { isVisible, type LifecycleState, mayMove, peopleNeeded } from './lifecycle.ts';

/** Where and for whom a state is to hold. */
export interface TransitionScope {
  /** Absent: at every site. */
  readonly site?: string;
  /** Location references; empty: every unit. */
  readonly units: readonly string[];
  /** Practitioner references; empty: everybody there. */
  readonly clinicians: readonly string[];
}

export const EVERYWHERE: TransitionScope = { units: [], clinicians: [] };

/** What somebody proposes, or did alone where one person may. */
export interface TransitionProposal {
  /** `urn:uuid:`, made once for what is filled in: however often it is sent, it is one record. */
  readonly id: string;
  /** "Device/id" on the registry. */
  readonly device: string;
  readonly from: StandingCode;
  readonly to: LifecycleState;
  readonly scope: TransitionScope;
  readonly reason: string;
  /** What the banner says; for `restricted`. */
  readonly restriction?: string;
  /** ISO 8601 with offset: when the approval ends. */
  readonly until?: string;
  readonly rollbackVersion?: string;
  /** Addresses of saved views and references of documents. */
  readonly evidence: readonly string[];
  readonly checklist: readonly GateAnswer[];
  /** ISO 8601 with offset. */
  readonly proposedAt: string;
  /** Reference on the registry, or absolute. */
  readonly proposedBy: string;
}

/** `approved`: decided, and not yet known to be on record as a state. */
export type TransitionStatus =
  | 'requested'
  | 'approved'
  | 'in-force'
  | 'declined'
  | 'withdrawn'
  | 'unknown';

export interface Transition extends TransitionProposal {
  readonly status: TransitionStatus;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly decisionWords?: string;
  /** ISO 8601: when the server stored it as it is now, by the server’s clock. */
  readonly storedAt?: string;
  /** "Task/id" and the version that was read: who changes it says which one they saw. */
  readonly task: string;
  readonly version: string | undefined;
}

/** What stands against a proposal, in words for who makes it; empty: it can be sent. */
export function proposalProblems(
  { from, to, reason, scope, until, restriction, rollbackVersion, checklist }: TransitionProposal,
  now: number,
): readonly string[] {
  const end = until === undefined ? undefined : Date.parse(until);
  return [
    ...(mayMove(from, to) ? [] : [`A model that is ${from} cannot become ${to}.`]),
    ...(reason.trim() === '' ? ['Say why.'] : []),
    ...(isVisible(to) && end === undefined ? ['Say when the approval ends.'] : []),
    ...(end !== undefined && !(end > now) ? ['The approval must end later than now.'] : []),
    ...(isVisible(to) && rollbackVersion === undefined
      ? ['Name the version to go back to, or say that there is none.']
      : []),
    ...(to === 'restricted' && restriction === undefined
      ? ['Say what the banner tells clinicians.']
      : []),
    ...(to === 'pilot' && scope.units.length === 0 && scope.clinicians.length === 0
      ? ['A pilot is for some units or some clinicians: choose them.']
      : []),
    ...(to !== 'pilot' && scope.clinicians.length > 0
      ? ['Only a pilot can be for some clinicians.']
      : []),
    ...checklist
      .filter(({ finding, words }) => finding !== 'met' && words === undefined)
      .map(({ item }) => `The checklist has no answer to “${item}”.`),
  ];
}

/** Why this person cannot decide on it, in words; undefined: they can. */
export function decisionProblem(
  { proposedBy, status, to }: Pick<Transition, 'proposedBy' | 'status' | 'to'>,
  names: readonly string[],
): string | undefined {
  if (status !== 'requested') return 'It is decided already.';
  if (names.length === 0) return 'The sign-in does not say who you are.';
  if (peopleNeeded(to) === 2 && (proposedBy === '' || names.includes(proposedBy)))
    return 'You proposed it: somebody else has to decide.';
  return undefined;
}

/**
 * Why a proposal can no longer be approved, in words; undefined: it can. What was asked for before a
 * stop must not lift it: whoever wants the model back asks again, and looks at the gate again. Which
 * came first, the server’s own clock says too: a proposer’s may be ahead.
 * @param records of the model
 * @param now epoch ms
 */
export function approvalProblem(
  { proposedAt, storedAt, until }: Pick<Transition, 'proposedAt' | 'storedAt' | 'until'>,
  records: readonly ModelStateRecord[],
  now: number,
): string | undefined {
  const asked = Date.parse(proposedAt);
  if (Number.isNaN(asked)) return 'It does not say when it was proposed.';
  if (until !== undefined && !(Date.parse(until) > now))
    return 'The approval that was asked for would have ended already.';
  const stop = records.find(
    ({ state, recordedAt, storedAt: stored = 0, from }) =>
      (state === 'suspended' || state === 'retired') &&
      (Math.max(recordedAt ?? 0, Date.parse(from ?? '') || 0) >= asked ||
        stored >= Date.parse(storedAt ?? '')),
  );
  return stop === undefined
    ? undefined
    : `The model was ${stop.state} after this was proposed. Decline it, and propose from where the model stands now.`;
}
