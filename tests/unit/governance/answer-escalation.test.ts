import { describe, expect, it } from 'vitest';
import type { Finding } from '#src/domain/governance/limits/escalation.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { toEscalation } from '#src/fhir/governance/escalation.fhir.ts';
import { SomebodyWasFaster } from '#src/state/governance/change-task.ts';
import { answerEscalation, readEscalations } from '#src/state/governance/escalations.ts';
import { NotOnRecord } from '#src/state/governance/put-on-record.ts';
import { startDelivery } from '../io/delivery.ts';

const SCOPE = 'launch openid fhirUser online_access user/Task.crus user/Provenance.crus';

const FINDING: Finding = {
  ...{
    key: 'sla seen breach',
    level: 'breach',
    title: 'Breach',
    words: 'Too few',
    model: 'sepsis',
  },
  ...{ owner: 'Practitioner/ada', acknowledgeHours: 4, actHours: 48, action: 'notify' },
  quietMs: 0,
};

async function start() {
  const { running, gateway } = await startDelivery({ scope: SCOPE });
  await gateway.create(
    toEscalation({
      id: 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2b77',
      ...{ finding: FINDING, device: 'Device/sepsis-model', by: 'Organization/m' },
      ...{ action: { words: 'Nothing', states: [] }, at: running.clock.now() },
    }),
  );
  const person = (name: string) => ({
    gateway,
    roles: { owner: ['Practitioner/ada', 'Practitioner/ben'], approver: ['Practitioner/eve'] },
    person: { reference: `Practitioner/${name}`, names: [`Practitioner/${name}`] },
    timestamp: () => isoWithOffset(running.clock.now(), 0),
  });
  const seen = async () => {
    const [one] = await readEscalations({ gateway }, {});
    if (!one) throw new Error('no escalation');
    return one;
  };
  return { running, person, seen };
}

describe('a breach on the worklist', () => {
  it('is taken on by one of two at once; the other is told', async () => {
    const { running, person, seen } = await start();
    const escalation = await seen();
    const taking = ['ada', 'ben'].map((name) =>
      answerEscalation(person(name), { escalation, step: 'acknowledged', words: name }),
    );
    const ended = await Promise.allSettled(taking);
    const lost = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).toEqual([expect.any(SomebodyWasFaster)]);
    const after = await seen();
    expect(after.standing).toBe('acknowledged');
    expect([`Practitioner/${after.notes[0]}`, after.notes.length]).toEqual([after.owner, 1]);
    expect(running.sandbox.list('Provenance')).toHaveLength(1);
  });

  it('is for the roles that answer, and is done only with words', async () => {
    const { person, seen } = await start();
    const escalation = await seen();
    const as = (name: string, words: string) =>
      answerEscalation(person(name), { escalation, step: 'done', words });
    await expect(as('eve', 'Done')).rejects.toThrow(NotOnRecord);
    await expect(as('ada', '')).rejects.toThrow('Say what was done.');
    await as('ada', 'Threshold raised');
    expect((await seen()).standing).toBe('done');
  });
});
