import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { result, stagePerTest } from '#tests/support/connection.ts';
import {
  answer,
  ignoring,
  parameter,
  path,
  rewriting,
  type Tamper,
  when,
} from '#tests/support/tamper.ts';

const { start } = stagePerTest();

describe('a search parameter that the server ignores', () => {
  it.each([
    ['code', 'fail'],
    ['_id', 'fail'],
    ['date', 'warn'],
    ['_lastUpdated', 'warn'],
    ['_security', 'warn'],
  ])('%s: %s', async (name, status) => {
    const { run } = await start({ tamper: ignoring(name) });
    const found = result(await run(), `search.${name}`);
    expect([found.status, found.seen]).toEqual([status, 'ignored: 1 found where none can be']);
  });

  it('is not told where there is nothing to filter', async () => {
    const tamper = when(
      (request) => path(request) === 'Observation',
      () => answer({ resourceType: 'Bundle', type: 'searchset' }),
    );
    const { run } = await start({ tamper });
    expect(result(await run(), 'search.code')).toMatchObject({
      status: 'skipped',
      cure: 'Choose a test patient with results.',
    });
  });

  it('identifier: fail', async () => {
    const tamper = when(
      (request) => path(request) === 'Observation/_search',
      (request, send) =>
        send(new URL('Observation?patient=Patient/p1', 'http://ehr.test/fhir/').href, {
          headers: request.headers,
        }),
    );
    const { run } = await start({ tamper });
    expect(result(await run(), 'search.identifier').status).toBe('fail');
  });

  it('patient: fail, do not go live', async () => {
    const { run } = await start({ tamper: ignoring('patient') });
    const found = result(await run(), 'search.patient');
    expect([found.status, found.cure]).toEqual(['fail', expect.stringContaining('Do not go live')]);
  });

  it('patient, for our own: somebody else’s result among them', async () => {
    const stranger = { resourceType: 'Observation', id: 'x', subject: { reference: 'Patient/p2' } };
    const tamper = when(
      (request) => path(request) === 'Observation' && parameter(request, '_count') === '50',
      () => answer({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: stranger }] }),
    );
    const { run } = await start({ tamper });
    expect(result(await run(), 'search.subject')).toMatchObject({
      status: 'fail',
      seen: '1 of 1 are about somebody else',
    });
  });

  it('a carrier that is refused is left out of what is proposed', async () => {
    const tamper = when(
      (request) => path(request) === 'DetectedIssue',
      () => answer({}, 403),
    );
    const { run } = await start({
      tamper,
      issuer: { carriers: ['RiskAssessment', 'DetectedIssue'] },
    });
    const report = await run();
    expect(result(report, 'search.carriers')).toMatchObject({
      status: 'warn',
      seen: 'refused: DetectedIssue: HTTP 403',
    });
    expect(report.advice).toContainEqual(
      expect.objectContaining({ setting: 'carriers', value: ['RiskAssessment'] }),
    );
  });

  it('includes that are refused cost requests, not recommendations', async () => {
    const tamper = when(
      (request) => parameter(request, '_revinclude') !== null,
      () => answer({}, 400),
    );
    const { run } = await start({ tamper });
    expect(result(await run(), 'search.carriers').seen).toMatch(/only without includes/);
  });
});

describe('pages', () => {
  const another = (id: string): Observation & { id: string } => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'one more' },
    subject: { reference: 'Patient/p1' },
  });

  it.each([
    ['as they are', (url: string) => url, 'pass'],
    ['elsewhere', (url: string) => url.replace('ehr.test', 'inside.local'), 'fail'],
    ['beside the FHIR base', (url: string) => url.replace('/fhir', '/other'), 'fail'],
    ['that lead nowhere', (url: string) => `${url.replace(/\?.*/, '')}/none`, 'fail'],
  ])('links %s: %s', async (_what, move, status) => {
    const tamper: Tamper = when(
      (request) => parameter(request, '_count') === '1' && path(request) === 'Observation',
      async (request, send) => {
        const body = (await (await send(request)).json()) as {
          link?: { relation: string; url: string }[];
        };
        const link = body.link?.map((one) =>
          one.relation === 'next' ? { ...one, url: move(one.url) } : one,
        );
        return answer({ ...body, link });
      },
    );
    const { run, running } = await start({ tamper });
    running.sandbox.put(another('more'));
    expect(result(await run(), 'search.paging').status).toBe(status);
  });

  it('a total that is more than is shown, and no link', async () => {
    const tamper = rewriting('Observation', ({ link: _, ...body }) => ({ ...body, total: 7 }));
    const { run } = await start({ tamper });
    expect(result(await run(), 'search.paging')).toMatchObject({
      status: 'fail',
      seen: '1 of 7, and no link to the rest',
    });
  });
});
