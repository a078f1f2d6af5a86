import { deleteDB } from 'idb';
import { createSandbox, type Sandbox } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { DATABASE } from '#src/io/outbox/database.ts';
import { freshIndexedDb } from '#tests/support/fake-indexed-db.ts';
import type { Decision } from './decision.ts';
import type { Reported } from './reports.ts';
import { TestBrowser } from './test-browser.ts';
import { TestClock } from './test-clock.ts';
import { TestTab, type Who } from './test-tab.ts';

export interface WorldOptions {
  readonly seed: number;
  /** False: the server ignores `If-None-Exist` and the app knows. */
  readonly conditionalCreate: boolean;
  /** True: a hospital store beside the EHR, which must have each answer as well. */
  readonly store?: boolean;
  /** False: a browser without Web Locks, where a lease in the database stands in. */
  readonly webLocks?: boolean;
  /** Defects on purpose: with any of them, the test must fail. */
  readonly defect?: Defect;
}

/** The server ignores what it says it heeds; the outbox forgets before it is told to. */
export type Defect = 'ignores-if-none-exist' | 'erases-before-acknowledgement';

export const EHR = 'http://ehr.test';
const STORE = 'http://store.test';

/** A browser, a server or two, and time; everything that a tab can lose and everything that it cannot. */
export class World {
  readonly clock = new TestClock();
  readonly browser = new TestBrowser();
  readonly sandbox: Sandbox;
  readonly store: Sandbox | undefined;
  readonly conditionalCreate: boolean;
  readonly webLocks: boolean;
  readonly defect: Defect | undefined;
  readonly decisions: Decision[] = [];
  readonly reports: Reported[] = [];
  readonly tabs: TestTab[] = [];
  #state: number;
  #tabs = 0;
  #underWay = 0;
  #activity = 0;

  constructor(options: WorldOptions) {
    this.#state = options.seed >>> 0 || 1;
    this.conditionalCreate = options.conditionalCreate;
    this.webLocks = options.webLocks ?? true;
    this.defect = options.defect;
    freshIndexedDb();
    const now = this.clock.now();
    const serve = (baseUrl: string) =>
      createSandbox({
        baseUrl,
        appOrigins: ['http://app.test'],
        scenario: minimal({ seed: 1, now }),
        clock: this.clock,
        accessTokenSeconds: 1e9,
      });
    this.sandbox = serve(EHR);
    this.store = options.store ? serve(STORE) : undefined;
  }

  /** Each of them must have every answer. */
  get servers(): readonly Sandbox[] {
    return this.store ? [this.sandbox, this.store] : [this.sandbox];
  }

  /** Where safety reports are kept. */
  get record(): Sandbox {
    return this.store ?? this.sandbox;
  }

  /** xorshift32: the same seed, the same jitter. */
  random(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state / 2 ** 32;
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => Math.floor(this.random() * 16).toString(16)).join(
      '',
    );
    return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
  }

  nextTab(): number {
    this.#tabs += 1;
    return this.#tabs;
  }

  busy(change: 1 | -1): void {
    this.#underWay += change;
    this.#activity += 1;
  }

  async fetch(request: Request): Promise<Response> {
    this.#activity += 1;
    if (this.defect === 'ignores-if-none-exist') request.headers.delete('if-none-exist');
    try {
      const server = this.store && request.url.startsWith(`${STORE}/`) ? this.store : this.sandbox;
      return await server.fetch(request);
    } finally {
      this.#activity += 1;
    }
  }

  async open(who: Who, token?: string): Promise<TestTab> {
    const signIn = (server: Sandbox) => token ?? this.signIn(who, server);
    const tokens = await Promise.all(this.servers.map(signIn));
    const tab = new TestTab(this, who, tokens);
    this.tabs.push(tab);
    return tab;
  }

  /** Signs in by the server's own door; scopes are another test's matter. */
  async signIn({ user }: Who, server = this.sandbox): Promise<string> {
    const base = server === this.store ? STORE : EHR;
    const response = await server.fetch(
      new Request(`${base}/ehr/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ practitionerId: user }),
      }),
    );
    const { access_token } = (await response.json()) as { access_token: string };
    return access_token;
  }

  get living(): readonly TestTab[] {
    return this.tabs.filter((tab) => tab.alive);
  }

  /** Until nothing moves any more but by the clock. */
  async settle(): Promise<void> {
    // A lease is taken in steps that nobody counts.
    const enough = this.webLocks ? 4 : 12;
    for (let quiet = 0; quiet < enough; ) {
      const before = this.#activity;
      await new Promise<void>((resolve) => setImmediate(resolve));
      quiet = this.#underWay > 0 || this.#activity !== before ? 0 : quiet + 1;
    }
  }

  async advance(ms: number): Promise<void> {
    await this.settle();
    for (let left = ms; left > 0; ) {
      left -= this.clock.step(left);
      await this.settle();
    }
  }

  async deleteDatabase(): Promise<void> {
    await deleteDB(DATABASE);
    await this.settle();
  }
}
