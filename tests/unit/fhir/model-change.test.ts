import { describe, expect, it } from 'vitest';
import type { ModelChange } from '#src/domain/model-change.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { toModelChange } from '#src/fhir/model-change.fhir.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const change: ModelChange = {
  id: 'urn:uuid:7f0a4b5e-3c55-4a0e-9d1b-0b6f6f3c2a11',
  kind: 'threshold',
  device: 'Device/sepsis-3',
  changedAt: '2026-07-27T00:00:00-05:00',
  from: '0.4',
  to: '0.6',
  words: 'Fewer alerts by night.',
  performer: 'Practitioner/7',
};

describe('an entry of the change log', () => {
  it('is valid R4, whole and with the least that it may say', () => {
    expectValid(toModelChange(change));
    expectValid(toModelChange({ ...change, from: undefined, to: undefined, words: undefined }));
  });

  it('is about the Device, and comes back as it was written', () => {
    const resource = { ...toModelChange(change), id: 'o1' };
    expect(resource.subject).toEqual({ reference: 'Device/sepsis-3' });
    const { read } = readTables([resource], {
      server: 'https://store.example.org/fhir',
      sink: 'hospital-store',
      source: { aiDevices: [], probabilityScales: [] },
      known: [
        {
          resourceType: 'Device',
          id: 'sepsis-3',
          identifier: [{ value: 'sepsis' }],
          version: [{ value: '3.1.0' }],
        },
      ],
    });
    const { changes } = deriveTables(read, { sites: [{ site: 'Main', timeZone: 'UTC' }] });
    expect(changes).toMatchObject([
      {
        change_id: change.id,
        kind: 'threshold',
        model_id: 'sepsis',
        model_version: '3.1.0',
        changed_at: Date.parse(change.changedAt),
        from_value: '0.4',
        to_value: '0.6',
        description: 'Fewer alerts by night.',
        approved_by: 'Practitioner/7',
        status: 'final',
      },
    ]);
  });
});
