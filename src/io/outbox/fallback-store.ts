import {
  type Change,
  type Loaded,
  OutboxError,
  type OutboxStore,
  type WaitingElsewhere,
} from './outbox-store.ts';

/**
 * The device's store, or the tab's memory if the device refuses at the start: said by `durable`, not
 * hidden. Once chosen it stays, or an answer might wait in the one while the other is read.
 */
export class FallbackStore implements OutboxStore {
  readonly #memory: OutboxStore;
  #chosen: OutboxStore;
  #first: Promise<void> | undefined;

  constructor(device: OutboxStore, memory: OutboxStore) {
    this.#chosen = device;
    this.#memory = memory;
  }

  get durable(): boolean {
    return this.#chosen.durable;
  }

  async load(): Promise<Loaded> {
    await this.#choose();
    return await this.#chosen.load();
  }

  async commit(changes: readonly Change[]): Promise<boolean> {
    await this.#choose();
    return await this.#chosen.commit(changes);
  }

  async waitingElsewhere(): Promise<WaitingElsewhere> {
    await this.#choose();
    return await this.#chosen.waitingElsewhere();
  }

  onLost(listener: () => void): void {
    this.#chosen.onLost(listener);
  }

  close(): void {
    this.#chosen.close();
  }

  #choose(): Promise<void> {
    this.#first ??= this.#chosen.load().then(
      () => undefined,
      (cause: unknown) => {
        if (!(cause instanceof OutboxError)) throw cause;
        this.#chosen = this.#memory;
      },
    );
    return this.#first;
  }
}
