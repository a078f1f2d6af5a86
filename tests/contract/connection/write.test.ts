import { describe, expect, it } from 'vitest';
import { type CheckStageOptions, result, stagePerTest } from '#tests/support/connection.ts';
import { answer, path, type Tamper, when } from '#tests/support/tamper.ts';

const { start, observations } = stagePerTest();

describe('what a test answer finds', () => {
  const written = async (options: CheckStageOptions = {}) =>
    (await start(options)).run({ write: true });

  it('lossy: what was lost is named, as a failure and among what the sink cannot carry', async () => {
    const report = await written({ vendor: 'lossy' });
    expect(result(report, 'write.read-back').seen).toMatch(
      /^stored in part; not there as it was sent: Observation\.focus, Observation\.component/,
    );
    expect(report.losses[0]?.cannot[0]).toMatch(
      /^Seen with the test answer: recommendation answered/,
    );
    expect(observations().every(({ status }) => status === 'entered-in-error')).toBe(true);
  });

  it.each([
    ['epic', 'HTTP 403'],
    ['oracle', 'HTTP 422'],
  ] as const)('%s: refused, and nothing stays', async (vendor, seen) => {
    const report = await written({
      vendor,
      issuer: {
        vendor: vendor === 'epic' ? 'epic' : 'oracle-health',
        sinks: [{ kind: 'fhir-observation', to: 'ehr', required: true }],
      },
    });
    expect(result(report, 'write.create')).toMatchObject({
      status: 'fail',
      seen,
      cure: expect.stringContaining('hospital store'),
    });
    expect(report.losses[0]?.cannot[0]).toMatch(/everything/);
    expect(observations()).toEqual([]);
  });

  /** Ignores the condition, as servers do that do not know the header. */
  const unconditional: Tamper = when(
    (request) => request.headers.has('if-none-exist') && request.method === 'POST',
    async (request, send) => {
      const headers = new Headers(request.headers);
      headers.delete('if-none-exist');
      return await send(request.url, { method: 'POST', headers, body: await request.text() });
    },
  );

  it.each([
    [true, 'fail'],
    [false, 'warn'],
  ])(
    'no conditional create, configured %s: %s; every copy is retracted',
    async (conditionalCreate, status) => {
      const report = await written({ tamper: unconditional, issuer: { conditionalCreate } });
      expect(result(report, 'write.conditional')).toMatchObject({ status, seen: '2 were stored' });
      expect(report.advice).toContainEqual(
        expect.objectContaining({ setting: 'conditionalCreate', value: false }),
      );
      expect(observations().map((one) => one.status)).toEqual([
        'entered-in-error',
        'entered-in-error',
      ]);
    },
  );

  it('a conditional create that two at the same moment slip through', async () => {
    let creates = 0;
    const tamper = when(
      (request) => request.method === 'POST' && path(request) === 'Observation',
      (request, send) => {
        creates += 1;
        return creates > 2 ? unconditional(request, send) : send(request);
      },
    );
    const report = await written({ tamper });
    expect(result(report, 'write.conditional').status).toBe('pass');
    expect(result(report, 'write.parallel')).toMatchObject({
      status: 'fail',
      seen: '2 were stored',
    });
    expect(report.advice).toContainEqual(
      expect.objectContaining({ setting: 'conditionalCreate', value: false }),
    );
    expect(observations().every((one) => one.status === 'entered-in-error')).toBe(true);
  });

  it('a server that refuses the header gets the answer without it', async () => {
    const tamper = when(
      (request) => request.headers.has('if-none-exist') && request.method === 'POST',
      () => answer({}, 400),
    );
    const report = await written({ tamper, issuer: { conditionalCreate: false } });
    expect(result(report, 'write.create').status).toBe('pass');
    expect(result(report, 'write.conditional')).toMatchObject({
      status: 'warn',
      seen: 'the same again: HTTP 400',
    });
  });

  const noUpdate = when(
    (request) => request.method === 'PUT',
    () => answer({}, 405),
  );
  it.each([
    [true, 'fail'],
    [false, 'warn'],
  ])('no retraction, configured %s: %s; what stays is named', async (canRetract, status) => {
    const report = await written({ tamper: noUpdate, issuer: { canRetract } });
    expect(result(report, 'write.retract')).toMatchObject({
      status,
      seen: '2 of 2 test answers stay on the server',
    });
    expect(report.stays).toEqual(
      observations().map(({ id }) => `http://ehr.test/fhir/Observation/${id}`),
    );
    expect(report.advice).toContainEqual(
      expect.objectContaining({ setting: 'canRetract', value: false }),
    );
  });

  it('an update that is said to be taken, and was not', async () => {
    const tamper = when(
      (request) => request.method === 'PUT',
      () => answer({ resourceType: 'Observation' }),
    );
    expect(result(await written({ tamper }), 'write.retract').status).toBe('fail');
  });

  it('an update of an older version that is taken', async () => {
    const tamper = when(
      (request) => request.method === 'PUT',
      async (request, send) => {
        const headers = new Headers(request.headers);
        headers.delete('if-match');
        return await send(request.url, { method: 'PUT', headers, body: await request.text() });
      },
    );
    expect(result(await written({ tamper }), 'write.if-match')).toMatchObject({
      status: 'warn',
      seen: 'an update of an older version was taken',
    });
  });

  it('a 201 that says neither what nor where', async () => {
    const tamper = when(
      (request) => request.method === 'POST' && path(request) === 'Observation',
      async (request, send) => new Response(null, { status: (await send(request)).status }),
    );
    const report = await written({ tamper });
    expect(result(report, 'write.create')).toMatchObject({
      status: 'warn',
      seen: expect.stringContaining('neither what nor where'),
    });
    expect(observations().every(({ status }) => status === 'entered-in-error')).toBe(true);
  });

  it('a token that may not read what it wrote', async () => {
    const tamper = when(
      (request) => request.method === 'GET' && /^Observation\/./.test(path(request)),
      () => answer({}, 403),
    );
    const report = await written({ tamper });
    expect(result(report, 'write.read-back').status).toBe('warn');
    expect(report.advice).toContainEqual(
      expect.objectContaining({ setting: 'readBack', value: false }),
    );
  });

  it('an answer that was stored, and the word of it lost: it is found and retracted', async () => {
    const report = await written({
      faults: [
        {
          effect: { kind: 'commit-then-drop' },
          method: 'POST',
          path: '/fhir/Observation',
          count: 1,
        },
      ],
    });
    expect(result(report, 'write.create').status).toBe('fail');
    expect(observations().map(({ status }) => status)).toEqual(['entered-in-error']);
  });

  it('an index that does not find what is stored', async () => {
    const tamper = when(
      (request) => path(request) === 'Observation/_search',
      () => answer({ resourceType: 'Bundle', type: 'searchset' }),
    );
    const report = await written({ tamper });
    expect(result(report, 'write.find')).toMatchObject({ status: 'fail', seen: 'not found' });
  });

  it('is not written where nobody knows who gives it', async () => {
    const { run, context } = await start();
    const signedIn = {
      ...context.signedIn,
      authorization: context.signedIn.authorization,
      performer: undefined,
    };
    expect(result(await run({ write: true }, { signedIn }), 'write.create').status).toBe('skipped');
    expect(observations()).toEqual([]);
  });

  it('is not written to an EHR to which no answer goes', async () => {
    const note = { type: { system: 'http://loinc.org', code: '11506-3' }, afterMinutes: 10 };
    const report = await written({
      issuer: {
        hospitalStore: false,
        sinks: [{ kind: 'document-note', to: 'ehr', required: true, note }],
      },
    });
    expect(result(report, 'write.create')).toMatchObject({ status: 'skipped' });
    expect(observations()).toEqual([]);
  });
});
