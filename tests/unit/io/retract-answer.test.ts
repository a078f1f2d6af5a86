import { describe, expect, it } from 'vitest';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { retractAnswer } from '#src/io/retract-answer.ts';
import { type Delivery, startDelivery } from './delivery.ts';

async function stored(): Promise<{ delivery: Delivery; id: string }> {
  const delivery = await startDelivery();
  await delivery.send();
  return { delivery, id: delivery.onServer()[0]?.id ?? '' };
}

describe('retracting a stored answer', () => {
  it('marks it entered in error and changes nothing else; the history stays', async () => {
    const { delivery, id } = await stored();
    expect(await retractAnswer(delivery.gateway, id)).toBe(true);
    const [first, second] = delivery.running.sandbox.history('Observation', id);
    const { meta: _before, status: was, ...rest } = first?.resource as unknown as Stored;
    const { meta: _after, status: is, ...same } = second?.resource as unknown as Stored;
    expect([was, is]).toEqual(['final', 'entered-in-error']);
    expect(same).toEqual(rest);
  });

  it('twice is once', async () => {
    const { delivery, id } = await stored();
    await retractAnswer(delivery.gateway, id);
    expect(await retractAnswer(delivery.gateway, id)).toBe(true);
    expect(delivery.running.sandbox.history('Observation', id)).toHaveLength(2);
  });

  it.each([400, 403, 405, 422, 501])(
    'says no where the server takes no update (%i), so that a withdrawal can be filed',
    async (status) => {
      const { delivery, id } = await stored();
      delivery.running.sandbox.faults.add({ effect: { kind: 'status', status }, method: 'PUT' });
      expect(await retractAnswer(delivery.gateway, id)).toBe(false);
    },
  );

  it.each([409, 412, 500, 503])(
    'throws where the outcome is not known (%i): nothing is claimed',
    async (status) => {
      const { delivery, id } = await stored();
      delivery.running.sandbox.faults.add({ effect: { kind: 'status', status }, method: 'PUT' });
      await expect(retractAnswer(delivery.gateway, id)).rejects.toThrow(FhirError);
    },
  );

  it('changes the version that it read and no other', async () => {
    const { delivery, id } = await stored();
    const { sandbox } = delivery.running;
    const [answer] = delivery.onServer();
    if (!answer) throw new Error('Nothing was stored.');
    // The reply to our read is older than what is there when we write.
    const { gateway } = delivery;
    const behind: FhirGateway = {
      baseUrl: gateway.baseUrl,
      search: (...request) => gateway.search(...request),
      create: (...request) => gateway.create(...request),
      update: (...request) => gateway.update(...request),
      async read(type, which) {
        const read = await gateway.read(type, which);
        sandbox.put({ ...answer, id, status: 'amended' });
        return read;
      },
    };
    await expect(retractAnswer(behind, id)).rejects.toMatchObject({ kind: 'conflict' });
    expect(delivery.onServer()[0]?.status).toBe('amended');
  });
});

interface Stored {
  readonly meta: unknown;
  readonly status: string;
}
