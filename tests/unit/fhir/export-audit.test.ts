import { describe, expect, it } from 'vitest';
import { toExportAuditEvent } from '#src/fhir/audit-event.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const record = {
  who: 'Practitioner/p1',
  at: '2026-11-22T10:00:00.000+01:00',
  purpose: 'Study 42, approved by the board',
  from: '2026-10-01',
  until: '2026-10-31',
  profile: 'limited',
  freeText: true,
  formats: ['csv', 'parquet'],
  rows: { decisions: 12, exposures: 0 },
  manifestSha256: 'ab'.repeat(32),
  app: { name: 'clinician-feedback', version: '9.9.9' },
};

describe('the audit entry of an export', () => {
  const event = toExportAuditEvent(record);

  it('is valid R4 by the outside validators', () => expectValid(event));

  it('says who, when and what for', () => {
    expect(event.recorded).toBe(record.at);
    expect(event.purposeOfEvent).toEqual([{ text: record.purpose }]);
    expect(event.type.code).toBe('110106');
    expect(event.agent.filter(({ requestor }) => requestor).map(({ who }) => who)).toEqual([
      { reference: 'Practitioner/p1' },
    ]);
  });

  it('says what: the package, and every table with its rows, also where there are none', () => {
    const [whole, ...tables] = event.entity ?? [];
    expect(
      Object.fromEntries(whole?.detail?.map((one) => [one.type, one.valueString]) ?? []),
    ).toEqual({
      profile: 'limited',
      'free text': 'included',
      formats: 'csv, parquet',
      period: '2026-10-01 to 2026-10-31',
      'manifest.json SHA-256': record.manifestSha256,
    });
    expect(tables.map(({ name, detail }) => [name, detail?.[0]?.valueString])).toEqual([
      ['decisions', '12'],
      ['exposures', '0'],
    ]);
  });
});
