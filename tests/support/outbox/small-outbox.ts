import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { SendingSession } from '#src/domain/outbox/may-leave.ts';
import {
  isAnswer,
  type QueuedAnswer,
  type QueuedReport,
} from '#src/domain/outbox/queued-answer.ts';
import type { Route } from '#src/domain/outbox/routes.ts';
import type { SinkId } from '#src/domain/sinks.ts';
import { DurableOutbox } from '#src/io/outbox/durable-outbox.ts';
import { noLock } from '#src/io/outbox/exclusive-lock.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import type { OutboxStore } from '#src/io/outbox/outbox-store.ts';
import { ADA, ISSUER } from '#tests/support/queued-answers.ts';
import { TestClock } from './test-clock.ts';

export interface SmallOptions {
  readonly clock?: TestClock;
  readonly session?: Partial<SendingSession>;
  readonly store?: OutboxStore;
  readonly tab?: string;
  /** Where answers go; default the EHR alone. */
  readonly sinks?: readonly (Pick<Route, 'sink'> & Partial<Route>)[];
}

export const stored: AttemptResult = {
  kind: 'stored',
  reference: 'Observation/1',
  lost: [],
  sent: true,
};

/** The real outbox over the real store, with a server that answers what it is told to. */
export function smallOutbox(options: SmallOptions = {}) {
  const clock = options.clock ?? new TestClock();
  const owner = { issuer: ISSUER, user: options.session?.user ?? ADA };
  const sent: { readonly item: QueuedAnswer; readonly leaving: boolean }[] = [];
  const answers: AttemptResult[] = [];
  const bySink = new Map<SinkId, AttemptResult[]>();
  const batches: QueuedAnswer[][] = [];
  const reported: QueuedReport[] = [];
  const outbox = new DurableOutbox({
    store: options.store ?? new IndexedDbStore({ owner, clock, durable: true }),
    clock,
    random: () => 0.5,
    tab: options.tab ?? 'tab-1',
    session: () => ({ ...owner, patientId: 'p1', anyPatient: false, ...options.session }),
    sinks: (options.sinks ?? [{ sink: 'fhir-observation' }]).map((route) => ({
      required: true,
      lock: noLock,
      takes: () => true,
      ...route,
      deliver: async (batch, leaving) => {
        const answered = batch.filter(isAnswer);
        if (answered.length > 0) batches.push(answered);
        for (const item of answered) sent.push({ item, leaving });
        reported.push(...batch.filter((item) => item.kind === 'report'));
        return bySink.get(route.sink)?.shift() ?? answers.shift() ?? stored;
      },
    })),
  });
  return {
    outbox,
    clock,
    sent,
    reported,
    /** What went in one attempt each. */
    batches,
    /** What one sink answers next. */
    says: (sink: SinkId, ...results: AttemptResult[]) =>
      bySink.set(sink, [...(bySink.get(sink) ?? []), ...results]),
    /** What the server answers next; then `stored`. */
    answers,
    stateOf: (id: string) => outbox.items().find(({ answer }) => answer.id === id)?.delivery.state,
    async passing(ms: number): Promise<void> {
      await outbox.whenIdle();
      for (let left = ms; left > 0; ) {
        left -= clock.step(left);
        await outbox.whenIdle();
      }
    },
  };
}
