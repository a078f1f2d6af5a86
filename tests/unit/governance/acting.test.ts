import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_CLOCKS,
  DEFAULT_REMINDERS,
} from '#src/domain/governance/incidents/incident-clock.ts';
import { clockLines } from '#src/domain/governance/incidents/incident-clock-lines.ts';
import type { TransitionProposal } from '#src/domain/governance/lifecycle/transition.ts';
import { standingState } from '#src/domain/governance/model-state.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { toReporter } from '#src/fhir/governance/reporter.fhir.ts';
import { SomebodyWasFaster } from '#src/state/governance/change-task.ts';
import { readClocks, writeClocks } from '#src/state/governance/clocks.ts';
import { isAbout, readIncidents, reply } from '#src/state/governance/incidents.ts';
import { readRegistry } from '#src/state/governance/registry.ts';
import { readReporter } from '#src/state/governance/reporter.ts';
import { suspend } from '#src/state/governance/suspend.ts';
import { decide, propose, readTransitions } from '#src/state/governance/transitions.ts';
import { readUnregistered } from '#src/state/governance/unregistered.ts';
import { START } from '#tests/contract/harness.ts';
import { aReport } from '#tests/support/safety-reports.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { startDelivery } from '../io/delivery.ts';

const SCOPE =
  'launch openid fhirUser online_access user/Observation.crs user/Task.crus user/Provenance.crs user/Library.crus user/Communication.crs user/AdverseEvent.rs user/Device.rs user/DocumentReference.rs';
const DEVICE = 'Device/sepsis-model';
const HOUR = 3_600_000;
const OWNER = 'Practitioner/owner';
const AI = ['urn:example:models|sepsis', 'sepsis'];

/** The sandbox as the registry, and people whose clocks may be wrong by some hours. */
async function start() {
  const { running, gateway, context } = await startDelivery({ scope: SCOPE });
  const issuer = { ...context.issuer, aiDevices: [DEVICE, ...AI] };
  const person = (name: string, hoursAhead = 0) => {
    const clock = { ...running.clock, now: () => running.clock.now() + hoursAhead * HOUR };
    return {
      ...{ gateway, issuer, roles: undefined, chart: undefined, clock },
      person: { reference: `Practitioner/${name}`, names: [`Practitioner/${name}`] },
      timestamp: () => isoWithOffset(clock.now(), 0),
    };
  };
  return { running, gateway, issuer, person };
}

type Acting = ReturnType<Awaited<ReturnType<typeof start>>['person']>;

const proposalOf = (deps: Acting, end: number): TransitionProposal => ({
  id: 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2b11',
  ...{ device: DEVICE, from: 'suspended', to: 'restricted' },
  scope: { units: [], clinicians: [] },
  ...{ reason: 'Repaired', restriction: 'Adults only', rollbackVersion: 'none' },
  until: isoWithOffset(end, 0),
  ...{ evidence: [], checklist: [] },
  ...{ proposedAt: deps.timestamp(), proposedBy: deps.person.reference },
});

const stop = (deps: Acting, n: number) =>
  suspend(deps, {
    id: `urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2c${n}0`,
    ...{ device: DEVICE, from: 'active', scope: { units: [], clinicians: [] } },
    ...{ reason: 'Wrong lactates', at: deps.timestamp() },
  });

async function onlyProposal(deps: Acting) {
  const [transition, ...others] = (await readTransitions(deps, {})).filter(
    ({ to }) => to === 'restricted',
  );
  expect(others).toEqual([]);
  if (!transition) throw new Error('No proposal.');
  return transition;
}

const statesOn = (all: readonly Observation[]) =>
  all.flatMap(({ valueCodeableConcept }) => valueCodeableConcept?.coding?.[0]?.code ?? []);

describe('two who act at once', () => {
  it('approve: one wins, the other is told, and one state is on record', async () => {
    const { running, person } = await start();
    const [owner, a, b] = [person('owner'), person('a'), person('b')];
    await propose(owner, proposalOf(owner, Date.parse(START) + 48 * HOUR));
    const transition = await onlyProposal(a);
    const decision = { transition, verdict: 'approved', words: '' } as const;
    const ends = await Promise.allSettled([decide(a, decision), decide(b, decision)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [lost] = ends.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).toBeInstanceOf(SomebodyWasFaster);
    expect(statesOn(running.sandbox.list('Observation'))).toEqual(['restricted']);
    for (const one of running.sandbox.list('Task')) expectValid(one);
  });

  it('set the clocks: the second sees what the first did, and nothing is written over it', async () => {
    const { gateway, person } = await start();
    const { stored } = await readClocks(gateway, {});
    expect(stored).toBeNull();
    const lines = clockLines({ clocks: DEFAULT_CLOCKS, reminders: DEFAULT_REMINDERS });
    await writeClocks(person('a'), { lines: ['grave | acknowledged | 5 min'], before: null });
    await expect(writeClocks(person('b'), { lines, before: null })).rejects.toBeInstanceOf(
      SomebodyWasFaster,
    );
    const now = await readClocks(gateway, {});
    expect(now.clocks.grave).toEqual({ acknowledged: { minutes: 5 } });
    expect(now.reminders).toEqual([]);
    await writeClocks(person('b'), { lines, before: now.stored });
    expect((await readClocks(gateway, {})).reminders).toEqual(DEFAULT_REMINDERS);
  });
});

describe('clocks that are wrong', () => {
  it('a proposal from before a stop is not approved, although its clock was hours ahead', async () => {
    const { running, person } = await start();
    const [ahead, a] = [person('owner', 5), person('a')];
    await propose(ahead, proposalOf(ahead, Date.parse(START) + 48 * HOUR));
    running.clock.advance(60_000);
    await stop(person('c'), 1);
    running.clock.advance(60_000);
    const transition = await onlyProposal(a);
    expect(Date.parse(transition.proposedAt)).toBeGreaterThan(running.clock.now());
    await expect(decide(a, { transition, verdict: 'approved', words: '' })).rejects.toThrow(
      /suspended after this was proposed/,
    );
    expect(statesOn(running.sandbox.list('Observation'))).toEqual(['suspended']);
  });

  it('an approver whose clock is behind decides all the same, and not before it was proposed', async () => {
    const { running, gateway, issuer, person } = await start();
    await stop(person('c'), 1);
    running.clock.advance(60_000);
    const [owner, behind] = [person('owner'), person('a', -5)];
    await propose(owner, proposalOf(owner, Date.parse(START) + 48 * HOUR));
    const transition = await onlyProposal(behind);
    await decide(behind, { transition, verdict: 'approved', words: '' });
    const { records } = await readRegistry({ gateway, issuer }, {});
    const place = { units: [], clinicians: [] };
    const standing = standingState(records, place, running.clock.now());
    expect([standing.code, standing.since]).toEqual(['restricted', transition.proposedAt]);
  });

  it('a proposer whose clock is behind lifts no stop: it looks older than the stop', async () => {
    const { running, person } = await start();
    await stop(person('c'), 1);
    running.clock.advance(60_000);
    const behind = person('owner', -5);
    await propose(behind, proposalOf(behind, Date.parse(START) + 48 * HOUR));
    const transition = await onlyProposal(person('a'));
    await expect(
      decide(person('a'), { transition, verdict: 'approved', words: '' }),
    ).rejects.toThrow(/suspended after this was proposed/);
  });
});

describe('a report whose reporter is withheld', () => {
  const EVENT = 'AdverseEvent/report-1';
  const REPORTER = 'Practitioner/ada';

  async function reported() {
    const all = await start();
    const { sandbox } = all.running;
    sandbox.put({
      resourceType: 'Task',
      id: 'report-1',
      ...{ status: 'requested', intent: 'order' },
      code: {
        coding: [
          {
            system: 'https://clinician-feedback.example.org/fhir/CodeSystem/governance-task',
            code: 'incident',
          },
        ],
      },
      focus: { reference: EVENT },
      authoredOn: START,
    });
    const report = aReport('urn:uuid:1', {
      performer: { reference: REPORTER },
      issuer: all.gateway.baseUrl,
    });
    sandbox.put({ ...toReporter(report, EVENT, { hideFromPatient: false }), id: 'named' });
    const [incident] = await readIncidents(all, {});
    if (!incident) throw new Error('No report.');
    return { ...all, incident };
  }

  it('the safety officer finds the name and replies; the reply is restricted as well', async () => {
    const { running, incident, person } = await reported();
    const deps = { ...person('officer'), roles: { 'safety-officer': ['Practitioner/officer'] } };
    expect(incident.reporter).toBeUndefined();
    const to = await readReporter(deps, incident.event, {});
    expect(to).toBe(REPORTER);
    const id = 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2b99';
    await reply(deps, { id, incident, to: to ?? '', words: 'Repaired.', at: deps.timestamp() });
    const [sent] = running.sandbox.list('Communication');
    if (!sent) throw new Error('No reply.');
    expectValid(sent);
    expect(sent.recipient?.[0]?.reference).toBe(REPORTER);
    expect(sent.meta?.security?.map(({ code }) => code)).toEqual(['R']);
  });

  it('nobody else is told, and a Provenance without the label names no reporter', async () => {
    const { running, incident, person } = await reported();
    const owner = { ...person('owner'), roles: { owner: [OWNER] } };
    const before = running.sandbox.requests().length;
    await expect(readReporter(owner, incident.event, {})).rejects.toThrow(/withheld/);
    expect(running.sandbox.requests()).toHaveLength(before);
    const [named] = running.sandbox.list('Provenance');
    if (!named) throw new Error('Nobody is named.');
    running.sandbox.put({ ...named, id: 'named', meta: {} });
    expect(await readReporter(person('officer'), incident.event, {})).toBeNull();
  });
});

describe('a model whose Device is in the EHR alone', () => {
  it('is listed with what is on record about it, and no longer once it is registered', async () => {
    const [ehr, store] = [await start(), await start()];
    const deps = { chart: ehr.gateway, issuer: ehr.issuer };
    const empty = { versions: [], records: [] };
    const [found] = await readUnregistered(deps, empty, {});
    expect(found?.device).toBe(`${ehr.gateway.baseUrl}/${DEVICE}`);
    expect(found?.model.identifier?.value).toBe('sepsis');
    // It can be stopped: the record names the EHR's own Device.
    await suspend(store.person('c'), {
      id: 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2d10',
      ...{ device: found?.device ?? '', from: 'unknown', reason: 'Wrong lactates' },
      ...{ scope: { units: [], clinicians: [] }, at: store.person('c').timestamp() },
    });
    const registry = await readRegistry(store, {});
    const [stopped] = await readUnregistered(deps, { ...registry, versions: [] }, {});
    expect(stopped?.records.map(({ state }) => state)).toEqual(['suspended']);
    expect(await readUnregistered(deps, registry, {})).toEqual([]);
  });
});

describe('which reports are about a version', () => {
  const version = {
    device: 'Device/d1',
    model: {
      ...{ name: 'Sepsis', identifier: { value: 'sepsis' }, version: '3.1.0' },
      state: 'active' as const,
    },
  };
  const incident = {
    ...{ task: 'Task/1', version: '1', id: 'x', event: 'AdverseEvent/1', reportedAt: START },
    ...{ unsafe: false, steps: [], status: 'requested' },
  };
  it.each([
    ['the same Device', { device: 'Device/d1' }, true],
    [
      'another Device, whatever it is called',
      { device: 'Device/d2', modelIdentifier: 'sepsis' },
      false,
    ],
    ['elsewhere, the same version', { modelIdentifier: 'sepsis', modelVersion: '3.1.0' }, true],
    ['elsewhere, another version', { modelIdentifier: 'sepsis', modelVersion: '2.4.0' }, false],
    ['no model at all', {}, false],
  ])('%s: %s', (_, named, expected) => {
    expect(isAbout({ ...incident, ...named }, version)).toBe(expected);
  });
});
