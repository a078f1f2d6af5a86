import type { Change, Loaded, OutboxStore, WaitingElsewhere } from '#src/io/outbox/outbox-store.ts';
import { OutboxError } from '#src/io/outbox/outbox-store.ts';

/** What goes wrong at the next commit or load of a tab. */
export type StoreFault =
  | 'quota'
  | 'load-fails'
  | 'kill-before-commit'
  | 'kill-after-commit'
  | 'kill-after-load';

/** A tab's life: whatever it awaits when it is killed never goes on. */
export interface Life {
  readonly alive: boolean;
  /** Passes a value on while the tab lives, else never settles. */
  guard<T>(value: Promise<T>): Promise<T>;
  kill(): void;
  /** Counts what is under way, so that a test can wait for it. */
  busy(change: 1 | -1): void;
}

export class MortalStore implements OutboxStore {
  readonly #inner: OutboxStore;
  readonly #life: Life;
  #faults: StoreFault[] = [];

  readonly #erasesEarly: boolean;

  /** `erasesEarly`: a defect on purpose, forgets an item when it is claimed. */
  constructor(inner: OutboxStore, life: Life, erasesEarly: boolean) {
    this.#inner = inner;
    this.#life = life;
    this.#erasesEarly = erasesEarly;
  }

  get durable(): boolean {
    return this.#inner.durable;
  }

  /** For the next operations, one each. */
  break(fault: StoreFault): void {
    this.#faults.push(fault);
  }

  get armed(): boolean {
    return this.#faults.length > 0;
  }

  load(): Promise<Loaded> {
    return this.#counted(async () => {
      if (this.#take('load-fails')) throw new OutboxError('This device did not keep it.');
      const loaded = await this.#inner.load();
      if (this.#take('kill-after-load')) this.#life.kill();
      return loaded;
    });
  }

  commit(changes: readonly Change[]): Promise<boolean> {
    return this.#counted(async () => {
      if (this.#take('quota')) throw new OutboxError('The storage of this device is full.');
      if (this.#take('kill-before-commit')) {
        this.#life.kill();
        return false;
      }
      const done = await this.#inner.commit(
        this.#erasesEarly ? changes.map(eraseClaimed) : changes,
      );
      if (this.#take('kill-after-commit')) this.#life.kill();
      return done;
    });
  }

  waitingElsewhere(): Promise<WaitingElsewhere> {
    return this.#inner.waitingElsewhere();
  }

  onLost(listener: () => void): void {
    this.#inner.onLost(() => this.#life.alive && listener());
  }

  close(): void {
    this.#inner.close();
  }

  #take(fault: StoreFault): boolean {
    if (this.#faults[0] !== fault) return false;
    this.#faults = this.#faults.slice(1);
    return true;
  }

  #counted<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#life.alive) return new Promise<T>(() => undefined);
    this.#life.busy(1);
    return this.#life.guard(work().finally(() => this.#life.busy(-1)));
  }
}

const eraseClaimed = (change: Change): Change =>
  'put' in change && change.put.phase === 'sending' && change.expected !== undefined
    ? { remove: change.put.id, expected: change.expected }
    : change;
