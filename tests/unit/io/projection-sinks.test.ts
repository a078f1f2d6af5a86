import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { FLOWSHEET } from '#mocks/vendors/epic-flowsheet.ts';
import type { Answer } from '#src/domain/feedback.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { fileRows } from '#src/io/sinks/flowsheet-sink.ts';
import { fileNote } from '#src/io/sinks/note-sink.ts';
import { sendFeedback } from '#src/io/sinks/relay-sink.ts';
import { TestClock } from '#tests/support/outbox/test-clock.ts';
import { queued } from '#tests/support/queued-answers.ts';
import { answerOf, type DeliveryOptions, startDelivery } from './delivery.ts';

const SCOPE =
  'launch openid fhirUser patient/Patient.r patient/Observation.crs patient/DocumentReference.crs';

const isFiled = ({ code }: Observation) =>
  code.coding?.some((coding) => coding.code === FLOWSHEET.decision) ?? false;

async function start(options: DeliveryOptions) {
  const delivery = await startDelivery({ scope: SCOPE, ...options });
  const { gateway, running } = delivery;
  const item = (change: Partial<Answer> = {}, known: Partial<QueuedAnswer> = {}) =>
    queued(answerOf(gateway.baseUrl, change), known);
  return {
    running,
    gateway,
    item,
    rows: (one = item(), leaving = false) =>
      fileRows({ gateway, mapping: FLOWSHEET, readBack: true }, one, leaving),
    inRow: (code: string) =>
      running.sandbox
        .list('Observation')
        .filter((one) => one.code.coding?.some((coding) => coding.code === code))
        .map((one: Observation) => [one.valueString, one.effectiveDateTime]),
  };
}

describe('an Epic flowsheet', () => {
  it('holds decision, reason, recommendation and comment, one row each', async () => {
    const { rows, inRow } = await start({ vendor: 'epic' });
    expect(await rows()).toMatchObject({ kind: 'stored', lost: [] });
    const at = '2026-03-02T09:00:00+01:00';
    expect(inRow(FLOWSHEET.decision)).toEqual([['Overridden', at]]);
    expect(inRow(FLOWSHEET.reason)).toEqual([['Already done', at]]);
    expect(inRow(FLOWSHEET.recommendation)).toEqual([['RiskAssessment/risk-p1, version 1', at]]);
    expect(inRow(FLOWSHEET.comment)).toEqual([['Antibiotics at 07:40.', at]]);
  });

  it('takes "Reading already exists" for success where it is ours, and files nothing twice', async () => {
    const { rows, inRow, item } = await start({ vendor: 'epic' });
    await rows();
    expect(await rows(item({}, { doubts: 1 }))).toMatchObject({ kind: 'stored' });
    expect(inRow(FLOWSHEET.decision)).toHaveLength(1);
  });

  it('steps aside for another reading of the same instant: two answers, two rows', async () => {
    const { rows, inRow, item } = await start({ vendor: 'epic' });
    await rows();
    const other = item({ response: 'accepted', reasons: [], id: 'urn:uuid:other' });
    expect(await rows(other)).toMatchObject({ kind: 'stored' });
    expect(inRow(FLOWSHEET.decision)).toEqual([
      ['Overridden', '2026-03-02T09:00:00+01:00'],
      ['Accepted', '2026-03-02T08:01:00.000Z'],
    ]);
  });

  it('goes on where an attempt broke off', async () => {
    const { gateway, rows, inRow, item, running } = await start({ vendor: 'epic' });
    const breaking: FhirGateway = {
      baseUrl: gateway.baseUrl,
      read: (...request) => gateway.read(...request),
      search: (...request) => gateway.search(...request),
      update: (...request) => gateway.update(...request),
      create: async (row, options) => {
        if (running.sandbox.list('Observation').some(isFiled)) throw new FhirError('offline', '');
        return await gateway.create(row, options);
      },
    };
    const context = { gateway: breaking, mapping: FLOWSHEET, readBack: true };
    expect(await fileRows(context, item(), false)).toMatchObject({ kind: 'network', sent: true });
    expect(inRow(FLOWSHEET.recommendation)).toEqual([]);
    expect(await rows(item({}, { doubts: 1 }))).toMatchObject({ kind: 'stored', lost: [] });
    for (const code of [FLOWSHEET.decision, FLOWSHEET.recommendation, FLOWSHEET.reason])
      expect(inRow(code)).toHaveLength(1);
  });

  it('is refused without the row of the decision, and names another that is refused', async () => {
    const { gateway, item } = await start({ vendor: 'epic' });
    const file = (mapping: typeof FLOWSHEET) =>
      fileRows({ gateway, mapping, readBack: true }, item(), false);
    expect(await file({ ...FLOWSHEET, decision: 'nobody built it' as never })).toMatchObject({
      kind: 'http',
      status: 400,
    });
    expect(await file({ ...FLOWSHEET, reason: 'nobody built it' as never })).toMatchObject({
      kind: 'stored',
      lost: ['reason: not stored (flowsheet row)'],
    });
  });

  it('refuses, before anything is sent, what belongs to another server', async () => {
    const { rows, item, inRow } = await start({ vendor: 'epic' });
    const elsewhere = item(
      {},
      { owner: { issuer: 'http://other.test/fhir', user: 'Practitioner/ada' } },
    );
    expect(await rows(elsewhere)).toEqual({ kind: 'foreign-origin', sent: false });
    expect(inRow(FLOWSHEET.decision)).toEqual([]);
  });
});

describe('a clinical note', () => {
  const mapping = { type: { system: 'http://loinc.org', code: '34109-9' }, afterMinutes: 10 };

  it.each(['epic', 'oracle', 'strict'] as const)(
    'is filed on %s, once for a session',
    async (vendor) => {
      const { gateway, item, running } = await start({ vendor });
      const batch = [
        item(),
        item({ id: 'urn:uuid:second', response: 'accepted', reasons: [] }),
      ] as const;
      expect(await fileNote({ gateway, mapping }, batch, false)).toMatchObject({ kind: 'stored' });
      expect(running.sandbox.list('DocumentReference')).toHaveLength(1);
    },
  );

  it('is not sent again after an attempt of which nobody heard', async () => {
    const { gateway, item, running } = await start({ vendor: 'oracle' });
    const [doubtful] = [item({}, { doubts: 1 })] as const;
    expect(await fileNote({ gateway, mapping }, [doubtful], false)).toEqual({
      kind: 'in-doubt',
      sent: false,
    });
    expect(running.sandbox.list('DocumentReference')).toEqual([]);
  });

  it('cannot be written without an encounter, and says so', async () => {
    const { gateway, item } = await start({ vendor: 'oracle' });
    const one = item();
    const { encounter: _encounter, ...answer } = one.answer;
    expect(await fileNote({ gateway, mapping }, [{ ...one, answer }], false)).toMatchObject({
      kind: 'unwritable',
      sent: false,
      said: expect.stringContaining('encounter'),
    });
  });
});

describe('a CDS Hooks relay', () => {
  const CARD = 'dc11ca18-2a0c-4b14-9d1e-000000000001';
  const SYSTEM = 'urn:ietf:rfc:3986';
  const item = queued(
    answerOf('http://ehr.test/fhir', {
      recommendation: {
        ref: { server: 'http://ehr.test/fhir', type: 'GuidanceResponse', id: 'g1' },
        identifier: { system: SYSTEM, value: CARD },
      },
    }),
  );

  /** A relay over real fetch semantics: `Request` and `Response` as the browser has them. */
  async function send(
    answer: () => Response | Promise<never>,
    auth: 'none' | 'ehr-token' = 'none',
  ) {
    const requests: Request[] = [];
    const result = await sendFeedback(
      {
        relay: { url: 'https://relay.example.org/feedback', cardIdentifierSystem: SYSTEM, auth },
        fetch: async (url, init) => {
          requests.push(new Request(url as string, init));
          return await answer();
        },
        authorization: async () => ({ authorization: 'Bearer ehr' }),
        clock: new TestClock(),
      },
      item,
      false,
    );
    return { result, requests };
  }

  it('gets the body of the specification, and no token that it is not configured for', async () => {
    const { result, requests } = await send(() => new Response(null, { status: 200 }));
    expect(result).toMatchObject({ kind: 'stored' });
    const [request] = requests;
    expect([request?.method, request?.url]).toEqual(['POST', 'https://relay.example.org/feedback']);
    expect(request?.headers.get('authorization')).toBeNull();
    expect(await request?.json()).toEqual({
      feedback: [
        {
          card: CARD,
          outcome: 'overridden',
          overrideReason: {
            reason: {
              system: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
              code: 'action-completed',
            },
            userComment: 'Antibiotics at 07:40.',
          },
          outcomeTimestamp: '2026-03-02T08:00:00.000Z',
        },
      ],
    });
  });

  it('gets the EHR’s token where the site says so', async () => {
    const { requests } = await send(() => new Response(null, { status: 200 }), 'ehr-token');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer ehr');
  });

  it.each([
    [503, { kind: 'http', status: 503 }],
    [401, { kind: 'http', status: 401 }],
    [302, { kind: 'redirected' }],
  ] as const)('that answers %i leaves it to the policy', async (status, expected) => {
    const { result } = await send(() => new Response(null, { status }));
    expect(result).toMatchObject({ ...expected, sent: true });
  });

  it('that is not there leaves it to the policy', async () => {
    const { result } = await send(() => Promise.reject(new TypeError('fetch failed')));
    expect(result).toMatchObject({ kind: 'network', sent: true });
  });
});
