import { describe, expect, it } from 'vitest';
import { reportAsJson } from '#src/domain/connection/report.ts';
import { reportAsText } from '#src/domain/connection/report-text.ts';
import { vendorFile } from '#src/domain/connection/vendor-file.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { ALL_SCOPES, result, stagePerTest } from '#tests/support/connection.ts';
import { answer, cors, path, rewriting, type Tamper, when } from '#tests/support/tamper.ts';

const { start } = stagePerTest();

describe('the other sinks, without filing anything', () => {
  const flowsheet = { system: 'urn:rows', decision: '1', recommendation: '2' };
  const sinks: NonNullable<IssuerConfig['sinks']> = [
    { kind: 'epic-flowsheet', to: 'ehr', required: true, flowsheet },
    {
      kind: 'document-note',
      to: 'ehr',
      required: false,
      note: { type: { system: 'http://loinc.org', code: '11506-3' }, afterMinutes: 10 },
    },
    {
      kind: 'cds-feedback-relay',
      to: 'ehr',
      required: false,
      relay: {
        url: 'https://relay.hospital.test/feedback',
        cardIdentifierSystem: 'urn:cards',
        auth: 'none',
      },
    },
  ];
  const relay = (headers: Record<string, string>) =>
    when(
      (request) => request.url.startsWith('https://relay'),
      () => new Response(null, { status: 204, headers }),
    );

  it('each in turn', async () => {
    const scope = `${ALL_SCOPES} patient/DocumentReference.c`;
    const { run } = await start({
      tamper: relay(cors),
      scope,
      issuer: { hospitalStore: false, sinks },
    });
    const report = await run();
    expect(
      report.results.filter(({ group }) => group === 'sinks').map(({ id, status }) => [id, status]),
    ).toEqual([
      ['sinks.configured', 'pass'],
      ['flowsheet.rows', 'pass'],
      ['flowsheet.create', 'pass'],
      ['note.type', 'pass'],
      ['note.create', 'pass'],
      ['relay.cors', 'pass'],
    ]);
    expect(report.losses.map(({ name }) => name)).toEqual([
      'Flowsheet',
      'Clinical note',
      'AI service (CDS Hooks feedback)',
    ]);
  });

  it('a relay that no page may call, a note that no scope allows, two concepts in one row', async () => {
    const shared = sinks.map((one) =>
      one.flowsheet ? { ...one, flowsheet: { ...flowsheet, recommendation: '1' } } : one,
    );
    const { run } = await start({
      tamper: relay({}),
      issuer: { hospitalStore: false, sinks: shared },
    });
    const report = await run();
    for (const id of ['relay.cors', 'note.create', 'flowsheet.rows'])
      expect(result(report, id).status).toBe('fail');
  });

  it('an EHR that announces no such create, and a launch without an encounter', async () => {
    const tamper: Tamper = async (request, send) =>
      request.url.startsWith('https://relay')
        ? await relay(cors)(request, send)
        : await rewriting('metadata', (body) => ({
            ...body,
            rest: [{ resource: [{ type: 'Observation', interaction: [{ code: 'create' }] }] }],
          }))(request, send);
    const { run, context } = await start({ tamper, issuer: { hospitalStore: false, sinks } });
    const signedIn = {
      ...context.signedIn,
      authorization: context.signedIn.authorization,
      encounterId: undefined,
    };
    const report = await run({}, { signedIn });
    expect(result(report, 'note.create').seen).toBe('DocumentReference create is not announced');
    expect(result(report, 'flowsheet.create')).toMatchObject({
      status: 'warn',
      seen: expect.stringContaining('no encounter'),
    });
  });
});

describe('what leaves in a report', () => {
  it('holds no token, no patient, no name and none of the server’s words, whatever the server says', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'error',
          code: 'forbidden',
          diagnostics: 'Sam Rivera (Patient/p1, MRN-p1) is not yours',
        },
      ],
    };
    const tamper = when(
      (request) => path(request).startsWith('Observation'),
      () => answer(outcome, 403),
    );
    const { run, context } = await start({ tamper });
    const report = await run({ write: true });
    const { authorization = '' } = await context.signedIn.authorization();
    expect(result(report, 'search.code').serverSaid).toContain('Rivera');
    for (const text of [reportAsText(report), reportAsJson(report), vendorFile(report)]) {
      expect(text).not.toContain(authorization.replace('Bearer ', ''));
      expect(text).not.toMatch(/Rivera|MRN-p1|Patient\/p1|Practitioner\/ada|enc-p1/);
    }
    expect(vendorFile(report)).toContain('HTTP 403 (forbidden)');
  });
});
