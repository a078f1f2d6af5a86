import type { GateItem, GateResult } from '#src/domain/governance/lifecycle/gates.ts';
import { isVisible, type LifecycleState } from '#src/domain/governance/lifecycle/lifecycle.ts';
import {
  EVERYWHERE,
  type TransitionProposal,
  type TransitionScope,
} from '#src/domain/governance/lifecycle/transition.ts';
import type { StandingCode } from '#src/domain/governance/model-state.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';

/** Said instead of a version: there is none to go back to. */
export const NO_ROLLBACK = 'none';

/** What is typed, before it is a proposal. */
export interface ProposalDraft {
  readonly id: string;
  readonly at: string;
  readonly to: LifecycleState;
  readonly scope: TransitionScope;
  /** `YYYY-MM-DD`: the last day. */
  readonly until: string;
  readonly rollback: string;
  readonly clinicians: string;
  readonly restriction: string;
  readonly reason: string;
  readonly evidence: string;
}

export const emptyDraft = (to: LifecycleState, id: string, at: string): ProposalDraft => ({
  ...{ id, at, to, scope: EVERYWHERE },
  ...{ until: '', rollback: '', clinicians: '', restriction: '', reason: '', evidence: '' },
});

export const linesOf = (text: string): readonly string[] =>
  text.split('\n').flatMap((one) => one.trim() || []);

const said = (text: string): string | undefined => text.trim() || undefined;

export interface ProposalContext {
  readonly version: RegisteredVersion;
  readonly from: StandingCode;
  readonly results: readonly GateResult[];
  readonly words: Readonly<Partial<Record<GateItem, string>>>;
  readonly by: string;
}

export function proposalOf(draft: ProposalDraft, context: ProposalContext): TransitionProposal {
  const { id, at, to, until, rollback, scope } = draft;
  const { version, from, results, words, by } = context;
  const restriction = to === 'restricted' ? said(draft.restriction) : undefined;
  return {
    ...{ id, device: version.device, from, to, proposedAt: at, proposedBy: by },
    scope: { ...scope, clinicians: to === 'pilot' ? linesOf(draft.clinicians) : [] },
    reason: draft.reason.trim(),
    ...(restriction !== undefined && { restriction }),
    ...(until !== '' && { until: endOf(until) }),
    ...(isVisible(to) && rollback !== '' && { rollbackVersion: rollback }),
    evidence: linesOf(draft.evidence),
    checklist: results.map((one) => {
      const answer = one.finding === 'met' ? undefined : said(words[one.item] ?? '');
      // One line: so it is on record.
      return answer === undefined ? one : { ...one, words: answer.replaceAll('\n', ' ') };
    }),
  };
}

/** The end of the last day, on this device’s calendar. */
function endOf(day: string): string {
  const end = new Date(`${day}T23:59:59`);
  return isoWithOffset(end.getTime(), -end.getTimezoneOffset());
}
