import { createHmac } from 'node:crypto';
import type { Communication, FhirResource, Observation, Provenance, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import type { Finding, Found } from '#src/domain/governance/limits/escalation.ts';
import { readEscalation, withAnswer } from '#src/fhir/governance/escalation.fhir.ts';
import { toRolloutLibrary } from '#src/fhir/governance/rollout.fhir.ts';
import { escalate } from '#src/io/escalate/escalate.ts';
import { type Webhook, webhookKey } from '#src/io/escalate/webhook.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { startDelivery } from './delivery.ts';

const SCOPE =
  'launch openid fhirUser online_access user/Observation.crs user/Task.crus user/Provenance.crs user/Library.crus user/Communication.crs user/Device.rs';
const DEVICE = 'Device/sepsis-model';
const SERVICE = 'Organization/monitoring';
const COMMITTEE = 'Organization/committee';
const HOUR = 3_600_000;

const breach = (own: Partial<Finding> = {}): Finding => ({
  ...{ key: 'sla seen breach', level: 'breach', title: 'Breach: half of it is followed' },
  ...{ words: 'acceptance of displayed 30 %', model: 'sepsis', version: '3.1.0' },
  ...{
    owner: 'Practitioner/ada',
    acknowledgeHours: 4,
    actHours: 48,
    action: 'suspend',
    quietMs: 1,
  },
  ...own,
});

const found = (findings: readonly Finding[], over: readonly string[] = []): Found => ({
  findings,
  isOver: (key) => over.includes(key),
});

const KEY = 'whsec_c2VjcmV0LW9mLXRoZS1ob3NwaXRhbC1mb3ItdGVzdHM=';
const bytes = () => {
  const key = webhookKey(KEY);
  if (!key) throw new Error('no key');
  return key;
};

interface Sent {
  readonly headers: Headers;
  readonly body: string;
}

async function start() {
  const { running, gateway } = await startDelivery({ scope: SCOPE, accessTokenSeconds: 999_999 });
  const sent: Sent[] = [];
  let status = 200;
  const webhook: Webhook = {
    url: 'https://pager.example/hook',
    key: bytes(),
    fetch: async (_, init) => {
      sent.push({ headers: new Headers(init?.headers), body: String(init?.body) });
      return new Response(null, { status });
    },
    // What waits is let go at once: a test of a second try need not sleep.
    clock: {
      now: () => running.clock.now(),
      after: (ms, callback) => {
        if (ms < 10_000) callback();
        return () => undefined;
      },
    },
  };
  const run = (what: Found, through: FhirGateway = gateway) =>
    escalate(
      { gateway: through, clock: running.clock, by: SERVICE, committee: COMMITTEE, webhook },
      what,
    );
  const { sandbox } = running;
  const list = () => ({
    states: (sandbox.list('Observation') as Observation[]).filter(
      ({ code }) => code.coding?.[0]?.code === 'model-state',
    ),
    tasks: sandbox.list('Task') as Task[],
    notices: sandbox.list('Communication') as Communication[],
    provenances: sandbox.list('Provenance') as Provenance[],
  });
  const escalations = () =>
    list().tasks.flatMap((one) => readEscalation(one, gateway.baseUrl) ?? []);
  const counts = () => Object.values(list()).map((all) => all.length);
  const answerWebhook = (with_: number) => {
    status = with_;
  };
  return { running, gateway, sent, run, list, counts, escalations, answerWebhook };
}

/** A gateway after which the process is gone: that request arrives, and no answer of it or any later. */
function dyingAfter(gateway: FhirGateway, writes: number): FhirGateway {
  let left = writes;
  const dead = () => {
    throw new TypeError('killed');
  };
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left === 0) dead();
    left -= 1;
    const done = await work();
    if (left === 0) dead();
    return done;
  };
  return {
    baseUrl: gateway.baseUrl,
    read: (...all) => gateway.read(...all),
    search: (...all) => (left === 0 ? dead() : gateway.search(...all)),
    create: (...all) => write(() => gateway.create(...all)),
    update: (...all) => write(() => gateway.update(...all)),
  };
}

const planOf = (device: string): FhirResource & { id: string } => ({
  ...toRolloutLibrary(
    {
      device,
      steps: [{ unit: 'Location/icu', from: '2026-01-01', entry: [], stopOnBreach: true }],
    },
    '2026-02-01T08:00:00+00:00',
    'Practitioner/ada',
  ),
  id: 'plan',
});

describe('monitor --escalate', () => {
  it('stops the model, opens one task, tells the owner; run again, nothing is there twice', async () => {
    const { run, list, counts, escalations, sent } = await start();
    const { problems } = await run(found([breach()]));
    expect(problems).toEqual([]);
    const { states, tasks, notices, provenances } = list();
    for (const one of [...states, ...tasks, ...notices, ...provenances]) expectValid(one);
    expect(states).toHaveLength(1);
    expect(states[0]).toMatchObject({
      subject: { reference: DEVICE },
      performer: [{ reference: SERVICE }],
      valueCodeableConcept: { coding: [{ code: 'suspended' }] },
    });
    expect(escalations()).toMatchObject([
      {
        ...{ device: DEVICE, owner: 'Practitioner/ada', standing: 'open' },
        ...{ marks: ['owner-told', 'webhook-sent'], over: false },
        states: [`Observation/${states[0]?.id}`],
        acknowledgeBy: '2026-03-02T12:00:00+00:00',
      },
    ]);
    expect(notices).toMatchObject([{ recipient: [{ reference: 'Practitioner/ada' }] }]);
    const before = counts();
    expect(before).toEqual([1, 2, 1, 1]);
    await run(found([breach()]));
    expect(counts()).toEqual(before);
    expect(sent).toHaveLength(1);
  });

  it('killed after any write and run again comes to the same', async () => {
    const restrict = breach({ action: 'restrict', restriction: 'Read the lactate first' });
    const whole = await start();
    whole.running.sandbox.put(planOf(DEVICE));
    await whole.run(found([restrict]));
    // Restricted everywhere, and stopped where the plan says so.
    const wanted = whole.counts();
    expect(wanted).toEqual([2, 3, 1, 2]);
    let kills = 0;
    for (let writes = 1; ; writes += 1) {
      const world = await start();
      world.running.sandbox.put(planOf(DEVICE));
      let killed = false;
      await world.run(found([restrict]), dyingAfter(world.gateway, writes)).catch((cause) => {
        killed = cause instanceof TypeError;
      });
      await world.run(found([restrict]));
      expect(world.counts(), `killed after ${writes}`).toEqual(wanted);
      expect(world.escalations(), `killed after ${writes}`).toMatchObject([
        { marks: ['owner-told', 'webhook-sent'], agreed: 'restrict' },
      ]);
      // Whoever gets the webhook twice sees that it is the same.
      expect(new Set(world.sent.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1);
      if (!killed) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThanOrEqual(9);
  }, 60_000);

  it('does not undo what people decided: a suspension that was lifted stays lifted in that episode', async () => {
    const { run, counts, escalations } = await start();
    await run(found([breach()]));
    const before = counts();
    await run(found([breach()], []));
    await run(found([], ['sla seen breach']));
    expect(counts()).toEqual(before);
    expect(escalations()[0]?.over).toBe(true);
    await run(found([breach()]));
    expect(escalations()).toHaveLength(2);
  });

  it('opens the task also where the action fails, says so, and completes it the next time', async () => {
    const { running, run, escalations, list } = await start();
    running.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/Observation',
      effect: { kind: 'status', status: 503 },
    });
    const first = await run(found([breach()]));
    expect(first.problems).toHaveLength(1);
    expect(escalations()).toMatchObject([{ agreed: 'suspend', states: [] }]);
    expect(escalations()[0]?.action).toBeUndefined();
    expect(list().notices[0]?.payload?.[0]?.contentString).toContain('do it by hand');
    running.sandbox.faults.clear();
    expect((await run(found([breach()]))).problems).toEqual([]);
    expect(escalations()[0]?.action).toContain('suspended');
    expect(list().states).toHaveLength(1);
    expect(list().tasks).toHaveLength(2);
  });

  it('goes to the committee once where nobody takes it on, or nobody acts, in time', async () => {
    const { running, gateway, run, list, escalations } = await start();
    await run(found([breach()]));
    running.clock.advance(5 * HOUR);
    await run(found([breach()]));
    await run(found([breach()]));
    const told = () =>
      list().notices.filter(({ recipient }) => recipient?.[0]?.reference === COMMITTEE).length;
    expect(told()).toBe(1);
    const [open] = escalations();
    const task = list().tasks.find(({ id }) => `Task/${id}` === open?.task);
    if (!task?.id) throw new Error('no task');
    await gateway.update({
      ...withAnswer(task, {
        ...{ step: 'acknowledged', by: 'Practitioner/ben', words: 'Looking' },
        at: '2026-03-02T14:00:00+00:00',
      }),
      id: task.id,
    });
    expectValid(running.sandbox.read('Task', task.id) ?? {});
    await run(found([breach()]));
    expect(told()).toBe(1);
    running.clock.advance(50 * HOUR);
    await run(found([breach()]));
    expect(told()).toBe(2);
    expect(escalations()[0]).toMatchObject({ owner: 'Practitioner/ben', standing: 'acknowledged' });
  });

  it('a webhook that fails is tried again, reported, and holds nothing up', async () => {
    const { run, sent, escalations, answerWebhook } = await start();
    answerWebhook(500);
    const { problems } = await run(found([breach()]));
    expect(problems).toEqual([expect.stringContaining('HTTP 500')]);
    expect(sent).toHaveLength(3);
    expect(escalations()).toMatchObject([{ marks: ['owner-told'], standing: 'open' }]);
    answerWebhook(204);
    expect((await run(found([breach()]))).problems).toEqual([]);
    expect(escalations()[0]?.marks).toContain('webhook-sent');
    expect(new Set(sent.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1);
  });

  it('a receiver can check who sent it, when, and that it is whole; nobody’s data is in it', async () => {
    const { run, sent, running } = await start();
    await run(found([breach()]));
    const [one] = sent;
    const of = (name: string) => one?.headers.get(name) ?? '';
    const key = Buffer.from(KEY.slice('whsec_'.length), 'base64');
    const signed = `${of('webhook-id')}.${of('webhook-timestamp')}.${one?.body}`;
    const mac = createHmac('sha256', key).update(signed).digest('base64');
    expect(of('webhook-signature')).toBe(`v1,${mac}`);
    expect(Number(of('webhook-timestamp')) * 1_000).toBe(running.clock.now());
    expect(of('webhook-id')).toMatch(/^urn:uuid:/);
    expect(Object.keys(JSON.parse(one?.body ?? '').data).toSorted()).toEqual(
      ['acknowledgeBy', 'actBy', 'action', 'level', 'task', 'title', 'to'].toSorted(),
    );
    expect(one?.body).not.toContain('Patient');
  });

  it('takes no key that could be guessed', () => {
    expect(webhookKey('whsec_c2hvcnQ=')).toBeUndefined();
    expect(webhookKey('not base64!')).toBeUndefined();
    expect(bytes()).toHaveLength(32);
  });

  it('restricts nothing that a person stopped while it was at work', async () => {
    const { gateway, run, running, list } = await start();
    const stop = async () => {
      running.clock.advance(2_000);
      const state = list().states[0];
      expect(state).toBeUndefined();
      await gateway.create({
        resourceType: 'Observation',
        status: 'final',
        code: {
          coding: [
            {
              system: 'https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item',
              code: 'model-state',
            },
          ],
        },
        subject: { reference: DEVICE },
        effectivePeriod: { start: new Date(running.clock.now()).toISOString() },
        valueCodeableConcept: {
          coding: [
            {
              system: 'https://clinician-feedback.example.org/fhir/CodeSystem/model-state',
              code: 'suspended',
            },
          ],
        },
      });
    };
    let stopped = false;
    const racing: FhirGateway = {
      baseUrl: gateway.baseUrl,
      read: (...all) => gateway.read(...all),
      search: (...all) => gateway.search(...all),
      update: (...all) => gateway.update(...all),
      create: async (...all) => {
        if (!stopped) await stop();
        stopped = true;
        return gateway.create(...all);
      },
    };
    await run(found([breach({ action: 'restrict', restriction: 'Adults only' })]), racing);
    const { readModelStates } = await import('#src/fhir/model-state.fhir.ts');
    const { standingState } = await import('#src/domain/governance/model-state.ts');
    const records = readModelStates(list().states, gateway.baseUrl);
    expect(records).toHaveLength(2);
    expect(standingState(records, { units: [], clinicians: [] }, running.clock.now()).code).toBe(
      'suspended',
    );
  });
});
