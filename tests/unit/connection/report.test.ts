import { describe, expect, it } from 'vitest';
import { sinkLosses } from '#src/domain/connection/cannot-carry.ts';
import { type CheckResult, countChecks, countsInWords } from '#src/domain/connection/check.ts';
import { connectionReport, reportAsJson } from '#src/domain/connection/report.ts';
import { reportAsText } from '#src/domain/connection/report-text.ts';
import { vendorFile, withheld } from '#src/domain/connection/vendor-file.ts';
import type { SinkConfig } from '#src/domain/site-config.ts';
import { issuerOf } from '#tests/support/connection.ts';

const results: readonly CheckResult[] = [
  {
    id: 'write.create',
    group: 'write',
    title: 'Create',
    status: 'fail',
    seen: 'HTTP 422',
    cure: 'Ask.',
    serverSaid: 'Maria Rivera is not admitted',
  },
  {
    id: 'config.issuer',
    group: 'configuration',
    title: 'config.json',
    status: 'fail',
    seen: 'issuers[0].clientId is missing',
    cure: 'Correct it.',
  },
  { id: 'discovery.pkce', group: 'discovery', title: 'PKCE', status: 'pass', seen: 'S256' },
  {
    id: 'search.date',
    group: 'search',
    title: 'By date',
    status: 'warn',
    seen: 'ignored',
    cure: 'Have it honoured.',
  },
  { id: 'token.refresh', group: 'token', title: 'Refresh', status: 'skipped', seen: 'none' },
];

const report = connectionReport({
  about: {
    iss: 'https://ehr.hospital.test/fhir',
    at: '2026-11-22T16:00:00+01:00',
    appVersion: '0.1.0',
    origin: 'https://apps.hospital.test',
    depth: 'written',
  },
  results,
  advice: [{ setting: 'conditionalCreate', value: true, why: 'proven' }],
  losses: [
    { sink: 'document-note', name: 'Clinical note', required: false, cannot: ['Counting.'] },
  ],
  stays: ['https://ehr.hospital.test/fhir/Observation/123'],
});

describe('the report', () => {
  it('counts, and says so in words', () => {
    expect(report.counts).toEqual({ pass: 1, warn: 1, fail: 2, skipped: 1 });
    expect(countsInWords(countChecks(results))).toBe('1 passed, 1 warning, 2 failed, 1 skipped');
  });

  it('is text in the order of the groups, with the cure below what it cures', () => {
    expect(reportAsText(report)).toBe(`Connection check of https://ehr.hospital.test/fhir
2026-11-22T16:00:00+01:00, app 0.1.0, as a browser at https://apps.hospital.test.
Signed in; a marked test answer was written.

Configuration
  FAIL  config.json: issuers[0].clientId is missing
        → Correct it.

Discovery
  pass  PKCE: S256

Sign-in and scopes
  skip  Refresh: none

Search that really filters
  WARN  By date: ignored
        → Have it honoured.

A test answer
  FAIL  Create: HTTP 422
        → Ask.

Proven settings for config.json
  "conditionalCreate": true   proven

What “Clinical note” cannot carry (optional)
  - Counting.

Left on the server: test answers that could not be retracted. Have them removed.
  https://ehr.hospital.test/fhir/Observation/123

1 passed, 1 warning, 2 failed, 1 skipped.
`);
  });

  it('keeps to 100 columns, and breaks no address', () => {
    const address = `https://ehr.hospital.test/${'a'.repeat(120)}`;
    const long = {
      ...report,
      results: [{ ...(results[2] as CheckResult), seen: `${'word '.repeat(60)}${address}` }],
    };
    const lines = reportAsText(long).split('\n');
    expect(lines.filter((line) => line.length > 100).map((line) => line.trim())).toEqual([address]);
  });

  it('shows what the server said only to who asks for it, and never in JSON', () => {
    expect(reportAsText(report)).not.toContain('Rivera');
    expect(reportAsText(report, { serverWords: true })).toContain('The server said: Maria Rivera');
    expect(reportAsJson(report)).not.toContain('Rivera');
    expect(JSON.parse(reportAsJson(report))).toMatchObject({
      counts: { fail: 2 },
      stays: [expect.stringContaining('Observation/123')],
    });
  });
});

describe('the file for the vendor', () => {
  const file = vendorFile(report);

  it('says what was asked, what came back and what is wanted', () => {
    expect(file).toContain('FHIR server: https://ehr.hospital.test/fhir');
    expect(file).toContain('FAIL  Create: HTTP 422');
    expect(file).toContain('Result: 1 passed, 1 warning, 1 failed, 1 skipped.');
    expect(file.indexOf('Create')).toBeLessThan(file.indexOf('PKCE'));
  });

  it('holds nothing of the site’s own set-up, no resource and no words of the server', () => {
    expect(file).not.toMatch(/clientId|Observation\/123|Rivera|Clinical note/);
  });

  it.each([
    ['Bearer abc.def-ghi', 'Bearer [withheld]'],
    ['token eyJhbGciOi.eyJzdWIi.c2ln', 'token [withheld]'],
    ['of Patient/p-1.2 here', 'of Patient/[withheld] here'],
    ['https://x.test/fhir/Encounter/77', 'https://x.test/fhir/Encounter/[withheld]'],
    ['urn:uuid:0b6f3a52-6f0a-4c3c-9f0e-1c2d3e4f5a6b', 'urn:uuid:[withheld]'],
    ['POST Observation/_search', 'POST Observation/_search'],
    ['patient/Observation.rs', 'patient/Observation.rs'],
  ])('withholds, should it ever stand there: %s', (text, kept) => {
    expect(withheld(text)).toBe(kept);
  });
});

describe('what a sink cannot carry', () => {
  const sink = (kind: SinkConfig['kind'], more: Partial<SinkConfig> = {}): SinkConfig => ({
    kind,
    to: 'ehr',
    required: true,
    ...more,
  });
  const losses = (...sinks: readonly SinkConfig[]) =>
    sinkLosses(issuerOf('https://ehr.test/fhir', { hospitalStore: false, sinks }));

  it('is listed for each sink in turn, under the name that the card uses', () => {
    expect(
      losses(
        sink('fhir-observation'),
        sink('epic-flowsheet'),
        sink('document-note'),
        sink('cds-feedback-relay'),
      ).map(({ name, cannot }) => [name, cannot.length > 0]),
    ).toEqual([
      ['Sandbox', true],
      ['Flowsheet', true],
      ['Clinical note', true],
      ['AI service (CDS Hooks feedback)', true],
    ]);
  });

  it('is nothing where the EHR is the hospital’s own store', () => {
    const [own] = sinkLosses(issuerOf('https://ehr.test/fhir', { hospitalStore: true }));
    expect(own?.cannot).toEqual([]);
  });

  it('names rows that nobody has built', () => {
    const flowsheet = { system: 'urn:rows', decision: '1', recommendation: '2', comment: '3' };
    const [rows] = losses(sink('epic-flowsheet', { flowsheet }));
    expect(rows?.cannot[0]).toMatch(/^Reasons in a row of their own/);
    expect(rows?.cannot.join()).not.toContain('Comments in a row of their own');
    const note = { type: { system: 'http://loinc.org', code: '11506-3' }, afterMinutes: 7 };
    expect(losses(sink('document-note', { note }))[0]?.cannot[0]).toContain('7 min after');
  });

  it('puts first what a test answer really lost', () => {
    const [seen] = sinkLosses(issuerOf('https://ehr.test/fhir'), {
      'fhir-observation': ['comment: not stored (Observation.note)'],
    });
    expect(seen?.cannot).toEqual([
      'Seen with the test answer: comment: not stored (Observation.note).',
    ]);
  });
});
