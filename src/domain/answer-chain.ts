import { absoluteReference, type ResourceRef } from './coding.ts';
import type { ReplacedAnswer, StoredAnswer } from './feedback.ts';

/**
 * Answers that replace one another: a clinician's answer with its changes of mind. A head is an
 * answer that nothing replaces and that is not retracted.
 */
export interface AnswerChain {
  /** One per answer, oldest first; history, retractions included. */
  readonly answers: readonly StoredAnswer[];
  readonly heads: readonly StoredAnswer[];
  /** The one answer that counts; absent when it was retracted, or when two heads compete. */
  readonly current: StoredAnswer | undefined;
  readonly state: 'answered' | 'retracted' | 'conflict';
  /** Further copies, on the same server, of an answer that is already counted. */
  readonly surplus: readonly StoredAnswer[];
  /** Names an earlier answer that is not among those given, or lost one to an unreadable resource. */
  readonly incomplete: boolean;
}

/** An answer of which only its place and what it replaces could be read. */
export interface UnreadAnswer {
  readonly replaces: ReplacedAnswer;
  readonly server: string;
}

const byTime = (a: StoredAnswer, b: StoredAnswer): number =>
  Date.parse(a.answer.answeredAt) - Date.parse(b.answer.answeredAt) ||
  a.answer.id.localeCompare(b.answer.id);

/** The copy that is still valid, then the fuller one (a chart copy has less), then any fixed one. */
function preferred(a: StoredAnswer, b: StoredAnswer): number {
  const valid = Number(b.status === 'final') - Number(a.status === 'final');
  if (valid !== 0) return valid;
  const fuller = JSON.stringify(b.answer).length - JSON.stringify(a.answer).length;
  return fuller !== 0 ? fuller : absoluteReference(a.ref).localeCompare(absoluteReference(b.ref));
}

interface Copies {
  readonly kept: StoredAnswer;
  readonly all: readonly StoredAnswer[];
}

function countOnce(stored: readonly StoredAnswer[]): ReadonlyMap<string, Copies> {
  const byResource = new Map(stored.map((each) => [absoluteReference(each.ref), each]));
  const groups = Map.groupBy(byResource.values(), (each) => each.answer.id);
  const counted = new Map<string, Copies>();
  for (const [id, copies] of groups) {
    const all = copies.toSorted(preferred);
    const [kept] = all;
    if (kept) counted.set(id, { kept, all });
  }
  return counted;
}

type Resolve = (replaced: ReplacedAnswer | undefined, server: string) => string | undefined;

/** Finds the identifier of a replaced answer by identifier, else by where it is stored. */
function resolver(counted: ReadonlyMap<string, Copies>): Resolve {
  const byPlace = new Map<string, string>();
  for (const [id, { all }] of counted) {
    for (const { ref } of all) byPlace.set(absoluteReference(ref), id);
  }
  return (replaced, server) => {
    if (!replaced) return undefined;
    if (counted.has(replaced.id)) return replaced.id;
    const place = replaced.reference ?? replaced.id;
    return byPlace.get(place) ?? byPlace.get(`${server}/${place}`);
  };
}

/** Groups of identifiers connected by links, found by merging. */
function connect(ids: Iterable<string>, links: ReadonlyMap<string, string>): readonly string[][] {
  const root = new Map([...ids].map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    return at;
  };
  for (const [from, to] of links) root.set(find(from), find(to));
  return [...Map.groupBy(root.keys(), find).values()];
}

const counts = ({ status, answer }: StoredAnswer): boolean =>
  status === 'final' && answer.response !== 'withdrawn';

/** In a cycle nothing is unreplaced: then the last answer given is the head, as a reader expects. */
function headsOf(answers: readonly StoredAnswer[], replaced: ReadonlySet<string>) {
  const open = answers.filter(({ answer }) => !replaced.has(answer.id));
  return open.length > 0 ? open : answers.slice(-1);
}

/** `all` begins with the copy that is kept. */
const surplusOf = ({ all }: Copies): readonly StoredAnswer[] =>
  all.filter((copy, i) => {
    const earlier = all.slice(0, i).some((other) => other.ref.server === copy.ref.server);
    return earlier && copy.status === 'final';
  });

interface Context {
  readonly counted: ReadonlyMap<string, Copies>;
  readonly links: ReadonlyMap<string, string>;
  /** Replaced by an answer that could be read. */
  readonly replaced: ReadonlySet<string>;
  /** Replaced by something that could not be read. */
  readonly superseded: ReadonlySet<string>;
}

function toChain(ids: readonly string[], context: Context): AnswerChain {
  const copies = ids.flatMap((id) => context.counted.get(id) ?? []);
  const answers = copies.map(({ kept }) => kept).toSorted(byTime);
  const heads = headsOf(answers, context.replaced).filter(
    (head) => counts(head) && !context.superseded.has(head.answer.id),
  );
  const [only] = heads;
  const dangling = answers.some(({ answer }) => answer.replaces && !context.links.has(answer.id));
  return {
    answers,
    heads,
    current: heads.length === 1 ? only : undefined,
    state: heads.length === 0 ? 'retracted' : heads.length === 1 ? 'answered' : 'conflict',
    surplus: copies.flatMap(surplusOf),
    incomplete: dangling || ids.some((id) => context.superseded.has(id)),
  };
}

/**
 * Sorts stored answers into chains, whatever their order and however often they were stored. An
 * answer marked entered-in-error does not bring back the one it replaced: the clinician had already
 * moved away from that, and taking an answer back must mean the same on every server.
 */
export function answerChains(
  stored: readonly StoredAnswer[],
  unread: readonly UnreadAnswer[] = [],
): readonly AnswerChain[] {
  const counted = countOnce(stored);
  const resolve = resolver(counted);
  const links = new Map<string, string>();
  for (const [id, { kept }] of counted) {
    const earlier = resolve(kept.answer.replaces, kept.ref.server);
    if (earlier !== undefined && earlier !== id) links.set(id, earlier);
  }
  const superseded = new Set(unread.flatMap((each) => resolve(each.replaces, each.server) ?? []));
  const context = { counted, links, replaced: new Set(links.values()), superseded };
  return connect(counted.keys(), links)
    .map((ids) => toChain(ids, context))
    .toSorted((a, b) => (a.answers[0] && b.answers[0] ? byTime(a.answers[0], b.answers[0]) : 0));
}

/** What is known about the answers to one recommendation. */
export interface AnswerHistory {
  readonly recommendation: ResourceRef;
  readonly chains: readonly AnswerChain[];
  /** All answers that count, newest first: one's own and colleagues'. */
  readonly heads: readonly StoredAnswer[];
  /** A forked chain, or two chains of one clinician on the same version: somebody must look. */
  readonly conflict: boolean;
  /** Answers that count do not say the same. */
  readonly disagreement: boolean;
}

const ownConflict = (heads: readonly StoredAnswer[]): boolean => {
  const owners = heads.map(({ answer }) =>
    JSON.stringify([answer.performer.reference, answer.recommendation.version]),
  );
  return new Set(owners).size < owners.length;
};

/** Chains by recommendation, keyed by its absolute reference as `Recommendation.id` is. */
export function answerHistories(
  stored: readonly StoredAnswer[],
  unread: readonly UnreadAnswer[] = [],
): ReadonlyMap<string, AnswerHistory> {
  const groups = Map.groupBy(
    answerChains(stored, unread).flatMap((chain) => {
      const recommendation = chain.answers[0]?.answer.recommendation.ref;
      return recommendation ? [{ chain, recommendation }] : [];
    }),
    ({ recommendation }) => absoluteReference(recommendation),
  );
  return new Map(
    [...groups].flatMap(([key, members]) => {
      const [member] = members;
      if (!member) return [];
      const chains = members.map(({ chain }) => chain);
      const heads = chains.flatMap((chain) => chain.heads).toSorted((a, b) => byTime(b, a));
      const conflict = chains.some(({ state }) => state === 'conflict') || ownConflict(heads);
      const disagreement = new Set(heads.map(({ answer }) => answer.response)).size > 1;
      return [
        [key, { recommendation: member.recommendation, chains, heads, conflict, disagreement }],
      ];
    }),
  );
}
