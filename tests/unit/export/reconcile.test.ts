import { describe, expect, it } from 'vitest';
import { mismatches, reconciled } from '#src/domain/export/reconcile.ts';
import { TABLES } from '#src/domain/tables/schema.ts';

const search = (type: string, read: number, total: number | null) => ({ type, read, total });

describe('what was read, held against what the server says', () => {
  it.each([
    [[search('Patient', 3, 3), search('Device', 0, 0)], 'agrees: it has as many as were read'],
    [
      [search('Patient', 3, 3), search('Device', 1, null)],
      'did not say of all types how many it has',
    ],
    [[search('Patient', 3, 4), search('Device', 1, null)], 'differs: Patient'],
  ])('%j', (searched, server) => {
    expect(reconciled(searched, undefined, [])).toMatchObject({ server, searches: searched });
  });

  it('is told where it differs, and only there', () => {
    const searched = [
      search('Patient', 3, 4),
      search('Device', 1, null),
      search('Encounter', 2, 2),
    ];
    expect(mismatches(searched)).toEqual([
      'Patient: the server says that it has 4, and 3 came. If nobody writes at this moment, do it again.',
    ]);
  });

  it('has rows as they came and as they were written, of tables that resources fill', () => {
    const written = [
      { table: TABLES.decisions, rows: 4, files: [] },
      { table: TABLES.shifts, rows: 0, files: [] },
    ];
    expect(reconciled(undefined, { decisions: 5 }, written)).toEqual({
      rows: { decisions: { read: 5, written: 4 } },
    });
  });
});
