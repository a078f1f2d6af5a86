import type { Choice } from '#src/domain/feedback.ts';
import type { Discarding } from '#src/domain/outbox/discard.ts';
import type { HelpDeskContext } from '#src/domain/outbox/help-desk.ts';
import type { WaitingDesk } from '#src/domain/outbox/waiting-desk.ts';
import type { HelpDeskKey } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { DeviceLedger } from './device-ledger.ts';
import type { DurableOutbox } from './durable-outbox.ts';
import { OutboxError } from './outbox-store.ts';

export interface OutboxDeskOptions {
  readonly outbox: DurableOutbox;
  /** Asked anew each time: which one it is, is known once the store was opened. */
  readonly ledger: () => DeviceLedger;
  readonly clock: Clock;
  readonly about: Pick<HelpDeskContext, 'appVersion' | 'issuer' | 'browser'>;
  readonly helpDeskKey: HelpDeskKey | undefined;
}

/** No part of the launch. Asked for early, since who needs it is often without a network by then. */
export const fetchFileMaker = () =>
  import('./help-desk-file.ts').catch((cause: unknown) => {
    throw new OutboxError('This part of the app could not be loaded. Nothing is lost.', cause);
  });

/** The outbox, as the screen of what waits needs it. */
export class OutboxDesk implements WaitingDesk {
  readonly #options: OutboxDeskOptions;

  constructor(options: OutboxDeskOptions) {
    this.#options = options;
  }

  get durable(): boolean {
    return this.#options.outbox.durable;
  }

  waiting() {
    return this.#options.outbox.waiting();
  }

  subscribe(listener: () => void): () => void {
    return this.#options.outbox.subscribe(listener);
  }

  elsewhere() {
    return this.#options.outbox.waitingElsewhere();
  }

  retry(id: string): Promise<void> {
    return this.#options.outbox.retry(id);
  }

  resend(id: string, change: Partial<Choice>): Promise<boolean> {
    return this.#options.outbox.resend(id, change);
  }

  async discard(id: string, discarding: Discarding): Promise<boolean> {
    const { outbox, ledger } = this.#options;
    const record = await outbox.discard(id, discarding);
    // A store that outlives the tab has kept it in the same transaction.
    if (record && !outbox.durable) await ledger().record(record);
    return record !== undefined;
  }

  async helpDeskFile() {
    const { outbox, ledger, clock, about, helpDeskKey } = this.#options;
    const [discards, elsewhere, exposures] = await Promise.all([
      ledger().discards(),
      outbox.waitingElsewhere(),
      ledger().exposures(),
    ]);
    const items = outbox.waiting().map(({ item }) => item);
    const context = {
      ...about,
      durable: outbox.durable,
      now: clock.now(),
      elsewhere: elsewhere.count,
      exposures,
    };
    const { makeHelpDeskFile } = await fetchFileMaker();
    return await makeHelpDeskFile(items, discards, context, helpDeskKey);
  }
}
