import { answerChains } from '#src/domain/answer-chain.ts';
import { absoluteReference } from '#src/domain/coding.ts';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import { ownerOf, type ReasonOwner } from '#src/domain/reasons.ts';

/** What clinicians gave as one reason, or said without one, about one model version. */
export interface CommentGroup {
  readonly key: string;
  /** Who can change something about it. */
  readonly route: ReasonOwner;
  /** Code of the reason; absent: words without a reason that anybody acts on. */
  readonly reason?: string;
  /** Identifier of the model, as answers name it. */
  readonly model?: string;
  readonly version?: string;
  /** The newest first. */
  readonly said: readonly StoredAnswer[];
}

/** What became of it, as its owner says. */
export const COMMENT_OUTCOMES = ['read', 'planned', 'changed', 'unchanged'] as const;
export type CommentOutcome = (typeof COMMENT_OUTCOMES)[number];

/** An owner's answer to some of a group. */
export interface CommentAnswer {
  readonly id: string;
  readonly group: Pick<CommentGroup, 'route' | 'reason' | 'model' | 'version'>;
  readonly outcome: CommentOutcome;
  readonly words: string;
  /** Identifiers of the clinicians' answers that it speaks of. */
  readonly about: readonly string[];
  readonly by?: string;
  /** ISO 8601. */
  readonly at?: string;
}

/** Nobody is expected to act on the reason itself; words that came with it are still read. */
const QUIET: readonly ReasonOwner[] = ['none', 'defer'];
export const needsAnswer = ({ route }: Pick<CommentGroup, 'route'>): boolean =>
  !QUIET.includes(route);

/**
 * Every reason and every comment of answers that were not taken back, by route (clinical-evidence §3):
 * an answer with two reasons is in both groups, and words that no group of an owner holds are triaged.
 */
export function commentGroups(stored: readonly StoredAnswer[]): readonly CommentGroup[] {
  const counted = answerChains(stored)
    .filter(({ state }) => state !== 'retracted')
    .flatMap(({ answers }) => answers)
    .filter(({ status, answer }) => status === 'final' && answer.response !== 'withdrawn');
  const placed = counted.flatMap((one) => places(one).map((group) => ({ group, one })));
  return [...Map.groupBy(placed, ({ group }) => keyOf(group))]
    .flatMap(([key, [first, ...rest]]) => {
      if (!first) return [];
      const said = [first, ...rest].map(({ one }) => one).toSorted(newestFirst);
      return [{ key, ...first.group, said }];
    })
    .toSorted(
      (a, b) =>
        Number(needsAnswer(b)) - Number(needsAnswer(a)) ||
        b.said.length - a.said.length ||
        (a.key < b.key ? -1 : 1),
    );
}

const newestFirst = (a: StoredAnswer, b: StoredAnswer): number =>
  Date.parse(b.answer.answeredAt) - Date.parse(a.answer.answeredAt) ||
  (absoluteReference(a.ref) < absoluteReference(b.ref) ? -1 : 1);

type Place = CommentAnswer['group'];

function places({ answer: { reasons, comment, model } }: StoredAnswer): readonly Place[] {
  const about = {
    ...(model?.identifier !== undefined && { model: model.identifier }),
    ...(model?.version !== undefined && { version: model.version }),
  };
  const codes = [...new Set(reasons.map(({ code }) => code))];
  const found = codes.map((reason): Place => ({ ...about, route: ownerOf(reason), reason }));
  const heard = found.some(needsAnswer);
  return comment === undefined || heard ? found : [...found, { ...about, route: 'triage' }];
}

const keyOf = ({ route, reason, model, version }: Place): string =>
  JSON.stringify([route, reason ?? null, model ?? null, version ?? null]);

/** A group with what was answered to it. */
export interface CommentStanding {
  readonly group: CommentGroup;
  /** What nobody has answered yet, the newest first. */
  readonly open: readonly StoredAnswer[];
  /** The newest first. */
  readonly answers: readonly CommentAnswer[];
}

/** An answer speaks of what it names, and of nothing that was said later. */
export const commentStanding = (
  group: CommentGroup,
  answers: readonly CommentAnswer[],
): CommentStanding => {
  const own = answers
    .filter((one) => keyOf(one.group) === group.key)
    .toSorted((a, b) => Date.parse(b.at ?? '') - Date.parse(a.at ?? ''));
  const settled = new Set(own.flatMap(({ outcome, about }) => (outcome === 'read' ? [] : about)));
  return { group, answers: own, open: group.said.filter((one) => !settled.has(one.answer.id)) };
};
