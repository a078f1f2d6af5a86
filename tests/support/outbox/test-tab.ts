import { writesAnyPatient } from '#src/domain/outbox/may-leave.ts';
import type { SinkId } from '#src/domain/sinks.ts';
import { FhirError } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { DurableOutbox } from '#src/io/outbox/durable-outbox.ts';
import { leaseLock } from '#src/io/outbox/exclusive-lock.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import { deliverItem } from '#src/io/sinks/observation/deliver-item.ts';
import { deliverReport } from '#src/io/sinks/report/deliver-report.ts';
import type { SinkPort } from '#src/io/sinks/sink-port.ts';
import { type Life, MortalStore } from './mortal-store.ts';
import type { World } from './world.ts';

export interface Who {
  readonly user: string;
  readonly patient: string;
  readonly anyPatient: boolean;
}

const SINKS: readonly SinkId[] = ['fhir-observation', 'hospital-store'];

/** One tab with the real outbox in it; everything it stands on ends when it is killed. */
export class TestTab {
  readonly who: Who;
  readonly store: MortalStore;
  readonly outbox: DurableOutbox;
  readonly #life: Life & { readonly dead: Promise<void> };

  /** `tokens`: one for each of the world's servers; empty where the sign-in has ended. */
  constructor(world: World, who: Who, tokens: readonly string[]) {
    this.who = who;
    this.#life = createLife(world);
    const life = this.#life;
    const owner = { issuer: world.sandbox.fhirBase, user: `Practitioner/${who.user}` };
    const clock = {
      now: () => world.clock.now(),
      after: (ms: number, callback: () => void) =>
        world.clock.after(ms, () => life.alive && callback()),
    };
    const gatewayTo = (baseUrl: string, token = '') =>
      new HttpGateway({
        baseUrl,
        authorization: async () => {
          if (token === '') throw new FhirError('auth', 'The sign-in has ended.');
          return { authorization: `Bearer ${token}` };
        },
        fetch: (url, init) => life.guard(world.fetch(new Request(url as string, init))),
        clock,
      });
    const issuer = {
      conditionalCreate: world.conditionalCreate,
      hospitalStore: false,
      hideFromPatient: false,
      readBack: true,
    };
    const name = JSON.stringify(owner);
    const device = new IndexedDbStore({ owner, clock, durable: true });
    const tab = `tab-${world.nextTab()}`;
    const lockFor = (sink: SinkId) => {
      const lock = `${name}|${sink}`;
      if (world.webLocks) return world.browser.lock(lock, life.dead);
      return leaseLock({ database: () => life.guard(device.database()), clock, name: lock, tab });
    };
    const subject = `Patient/${who.patient}`;
    const sinks = world.servers.map(({ fhirBase }, i): SinkPort => {
      const sink = SINKS[i] ?? 'hospital-store';
      const context = { gateway: gatewayTo(fhirBase, tokens[i]), issuer, clock };
      return {
        sink,
        required: true,
        lock: lockFor(sink),
        ...(i > 0 && { target: { server: fhirBase, subject } }),
        takes: () => true,
        deliver: async ([item], leaving) =>
          item.kind === 'report'
            ? { kind: 'no-sink', sent: false }
            : await deliverItem(context, item, leaving),
      };
    });
    const { fhirBase: record } = world.record;
    const reports: SinkPort = {
      sink: 'safety-report',
      required: true,
      lock: lockFor('safety-report'),
      ...(world.store && { target: { server: record, subject } }),
      takes: () => true,
      deliver: async ([item], leaving) =>
        item.kind === 'report'
          ? await deliverReport(
              { gateway: gatewayTo(record, tokens.at(-1)), clock, ...issuer },
              item,
              leaving,
            )
          : { kind: 'no-sink', sent: false },
    };
    this.store = new MortalStore(device, life, world.defect === 'erases-before-acknowledgement');
    this.outbox = new DurableOutbox({
      store: this.store,
      sinks: [...sinks, reports],
      clock,
      tabs: world.browser.channel(name),
      session: () => ({
        issuer: owner.issuer,
        user: owner.user,
        patientId: who.patient,
        anyPatient: writesAnyPatient(who.anyPatient ? ['user/Observation.crus'] : []),
      }),
      random: () => world.random(),
      tab,
    });
  }

  get alive(): boolean {
    return this.#life.alive;
  }

  /** What was awaited, or `killed` if the tab did not live to see it. */
  outcome<T>(promise: Promise<T>): Promise<T | 'killed' | 'refused'> {
    return Promise.race([
      promise.catch(() => 'refused' as const),
      this.#life.dead.then(() => 'killed' as const),
    ]);
  }

  kill(): void {
    if (!this.alive) return;
    this.#life.kill();
    this.outbox.close();
  }
}

function createLife(world: World): Life & { readonly dead: Promise<void> } {
  const { promise: dead, resolve } = Promise.withResolvers<void>();
  let alive = true;
  return {
    dead,
    get alive() {
      return alive;
    },
    guard: (value) =>
      new Promise((pass, fail) => {
        value.then(
          (one) => alive && pass(one),
          (cause) => alive && fail(cause),
        );
      }),
    kill() {
      alive = false;
      resolve();
    },
    busy: (change) => world.busy(change),
  };
}
