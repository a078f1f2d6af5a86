import { absoluteReference } from '../coding.ts';
import type { Answer } from '../feedback.ts';
import { bySink, type SinkId } from '../sinks.ts';
import { amend, retract } from './collapse.ts';
import { orderAfter } from './next-due.ts';
import {
  capture,
  captureReport,
  isAnswer,
  type Owner,
  type QueuedAnswer,
  type QueuedItem,
  type Said,
  type Target,
} from './queued-answer.ts';

/** One place where this launch's answers go; `safety-report` takes reports, and nothing else. */
export interface Route {
  readonly sink: SinkId;
  readonly required: boolean;
  readonly target?: Target;
  /** What is gathered goes together, this many ms after the last of it, or when the page is left. */
  readonly gatherMs?: number;
  /** False: this answer cannot be said there, and nothing waits for it. */
  takes(answer: Answer, kind: QueuedAnswer['kind']): boolean;
}

/** What was said, at the moment of the click. */
export type Entering = Moment & Said;
type EnteringAnswer = Moment & Extract<Said, { readonly answer: Answer }>;

interface Moment {
  readonly owner: Owner;
  /** Patient of the launch ("Patient/p1"). */
  readonly patient: string;
  /** Epoch ms. */
  readonly now: number;
  /** How long it can be undone; 0 where the device forgets, and it is sent at once. */
  readonly undoMs: number;
  readonly tab: string;
}

/** What the queue has to change, in one transaction. */
export interface Entry {
  readonly put: readonly QueuedItem[];
  readonly remove: readonly QueuedItem[];
}

/** One item for each route that takes it. */
export function enter(
  given: Entering,
  routes: readonly Route[],
  items: readonly QueuedItem[],
): Entry {
  if (given.kind !== 'report') return enterAnswer(given, routes.filter(takesAnswers), items);
  const order = nextOrder(given.report, items);
  const put = routes
    .filter((route) => !takesAnswers(route))
    .map((route) => captureReport({ ...given, ...route, holdMs: given.undoMs, order }));
  return { put, remove: [] };
}

const takesAnswers = ({ sink }: Route): boolean => sink !== 'safety-report';

const nextOrder = (payload: Pick<Answer, 'recommendation'>, items: readonly QueuedItem[]): number =>
  orderAfter(items, absoluteReference(payload.recommendation.ref));

/**
 * What the answer replaces is looked for in each route by itself: it may
 * have left for one server and never have reached another.
 */
function enterAnswer(
  given: EnteringAnswer,
  routes: readonly Route[],
  items: readonly QueuedItem[],
): Entry {
  const put: QueuedAnswer[] = [];
  const remove: QueuedAnswer[] = [];
  const [record] = routes.toSorted(bySink);
  for (const route of routes) {
    if (!route.takes(given.answer, given.kind)) continue;
    const there = items.filter(isAnswer).filter(({ sink }) => sink === route.sink);
    const answer = route === record ? given.answer : withoutPlace(given.answer);
    const collapse = given.kind === 'answer' ? amend : retract;
    const collapsed = collapse(answer, there, given.tab);
    if (collapsed.remove) remove.push(collapsed.remove);
    if (!collapsed.send) continue;
    const { target, remove: removed } = collapsed;
    const superseded = target ?? (given.kind === 'answer' ? removed : undefined);
    const item = captured({ ...given, answer: collapsed.answer }, route, items, superseded);
    // What is taken back may be on its way yet: it is waited for as long as after its sending.
    put.push(target ? { ...item, lastSentAt: target.lastSentAt ?? given.now } : item);
    put.push(
      ...gathered(
        item,
        route,
        there.filter((one) => one !== removed),
      ),
    );
  }
  return { put, remove };
}

/** The place of the earlier answer is that of one server; on the others its identifier finds it. */
function withoutPlace(answer: Answer): Answer {
  return answer.replaces ? { ...answer, replaces: { id: answer.replaces.id } } : answer;
}

function captured(
  given: EnteringAnswer,
  route: Route,
  items: readonly QueuedItem[],
  superseded: QueuedAnswer | undefined,
): QueuedAnswer {
  const undo = given.kind === 'answer' ? given.undoMs : 0;
  return capture({
    ...given,
    holdMs: given.undoMs > 0 ? Math.max(undo, route.gatherMs ?? 0) : 0,
    order: nextOrder(given.answer, items),
    sink: route.sink,
    required: route.required,
    target: route.target,
    superseded,
  });
}

/** What this tab gathers for the same patient waits for the newest. */
function gathered(
  newest: QueuedAnswer,
  { gatherMs }: Route,
  there: readonly QueuedAnswer[],
): readonly QueuedAnswer[] {
  if (gatherMs === undefined) return [];
  const { nextAt, delayMs } = newest;
  return there
    .filter((one) => goesWith(one, newest) && one.phase === 'held')
    .map((one) => ({ ...one, nextAt, delayMs }));
}

/** Of one clinician about one patient, and not sent before: may stand in one document. */
export const goesWith = (one: QueuedItem, other: QueuedItem): boolean =>
  one.tab === other.tab &&
  one.patient === other.patient &&
  one.owner.issuer === other.owner.issuer &&
  one.owner.user === other.owner.user &&
  one.doubts === 0 &&
  other.doubts === 0 &&
  (one.phase === 'held' || one.phase === 'queued');
