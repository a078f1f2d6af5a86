import { absoluteReference } from '#src/domain/coding.ts';
import type { Problem } from '#src/domain/problem.ts';
import type { ProposedAction } from '#src/domain/recommendation.ts';
import type { Candidate } from './carriers.ts';
import { mostUrgent } from './priority.ts';
import { defined, problem } from './read.ts';

/**
 * Proposals that cite a recommendation at hand become its actions instead of cards of their own. One
 * that cites what is not at hand stays a card and says so; one that is no longer valid leaves a
 * problem on the card that it belonged to.
 */
export function attachActions(candidates: readonly Candidate[]): {
  readonly cards: readonly Candidate[];
  readonly problems: readonly Problem[];
} {
  const known = new Set(
    candidates.filter((one) => !one.isProposal).map((one) => one.recommendation.id),
  );
  const actionsOf = new Map<string, Candidate[]>();
  const cards: Candidate[] = [];
  for (const candidate of candidates) {
    const cited = candidate.cites.map(absoluteReference).filter((id) => known.has(id));
    for (const id of cited) actionsOf.set(id, [...(actionsOf.get(id) ?? []), candidate]);
    if (!candidate.isProposal || cited.length === 0) cards.push(withMissingCitation(candidate));
  }
  return {
    cards: cards.map((card) => withActions(card, actionsOf.get(card.recommendation.id) ?? [])),
    problems: [],
  };
}

function withMissingCitation(candidate: Candidate): Candidate {
  if (!candidate.isProposal || !candidate.cites.some((ref) => ref.type === 'RiskAssessment'))
    return candidate;
  const said = problem(
    'unresolved-reference',
    'The risk assessment that this proposal is based on was not found, so it is shown on its own.',
    'supportingInfo',
  );
  const { recommendation } = candidate;
  return {
    ...candidate,
    recommendation: { ...recommendation, problems: [...recommendation.problems, said] },
  };
}

function withActions(card: Candidate, proposals: readonly Candidate[]): Candidate {
  if (proposals.length === 0) return card;
  const { recommendation } = card;
  const valid = proposals.filter((one) => one.recommendation.status === 'current');
  const gone = proposals.length - valid.length;
  const actions = valid.map(({ recommendation: one }) =>
    defined<ProposedAction>({ ref: one.ref, title: one.title, detail: one.detail }),
  );
  const withdrawn =
    gone === 0
      ? []
      : [
          problem(
            'missing',
            `${gone} proposed ${gone === 1 ? 'action has' : 'actions have'} been withdrawn.`,
          ),
        ];
  const carried = valid.flatMap((one) => one.recommendation.problems);
  return {
    ...card,
    recommendation: {
      ...recommendation,
      actions: [...recommendation.actions, ...actions],
      problems: [...recommendation.problems, ...withdrawn, ...carried],
      ...priorityWith(card, valid),
    },
  };
}

/** A RiskAssessment has no priority of its own; the proposal that acts on it does. */
function priorityWith(card: Candidate, proposals: readonly Candidate[]) {
  const priority =
    card.recommendation.priority ?? mostUrgent(proposals.map((one) => one.recommendation.priority));
  return priority === undefined ? {} : { priority };
}
