import { describe, expect, it } from 'vitest';
import { surrogates } from '#src/domain/privacy/surrogates.ts';
import { type Column, makeRow, type Table } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { REVIEWS } from '#src/domain/tables/reviews.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { SHIFTS } from '#src/domain/tables/shifts.ts';
import { writePackage } from '#src/io/tables-out/write-package.ts';
import {
  countingNames,
  memoryTarget,
  packageOptions,
  rowsOf,
} from '#tests/unit/export/memory-target.ts';

const NEW_YEAR = Date.parse('2026-01-01T00:00:00Z');

const decision = (id: string, patient: string, at: number | null, more: object = {}) =>
  makeRow(DECISIONS, {
    decision_id: id,
    recommendation_id: `RiskAssessment/${id}`,
    recommendation_version: '1',
    clinician_id: 'Practitioner/1',
    patient_id: patient,
    encounter_id: 'Encounter/1',
    model_id: 'sepsis',
    response: 'accepted',
    comment_present: true,
    comment: 'call her sister',
    decided_at: at,
    decided_offset_min: 60,
    time_quality: 'ok',
    status: 'final',
    sink: 'table',
    ...more,
  });

const DECIDED = [
  decision('d1', 'Patient/1', NEW_YEAR - 1000),
  decision('d2', 'Patient/1', NEW_YEAR + 4000, { replaces_id: 'd1' }),
  decision('d3', 'Patient/2', NEW_YEAR + 9000),
];

type Given = Parameters<typeof packageOptions>[0];

async function written(given: Given, more: Parameters<typeof rowsOf>[0] = []) {
  const target = memoryTarget();
  const source = rowsOf([[DECISIONS, DECIDED], ...more]);
  await writePackage(source, target, packageOptions({ formats: ['ndjson'], ...given }));
  const rows = (name: string) =>
    target
      .text(`ndjson/${name}.ndjson`)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { target, rows, manifest: JSON.parse(target.text('manifest.json')) };
}

describe('time in a de-identified package', () => {
  it('keeps intervals within a patient, and one year, so that no New Year can be told', async () => {
    const { rows } = await written({ profile: 'deidentified' });
    const times = rows('decisions').map((row) => [row.zero_year, row.decided_from_zero_ms]);
    expect(times.toSorted()).toEqual([
      [2025, 0],
      [2025, 5000],
      [2026, 0],
    ]);
    expect(Object.keys(rows('decisions')[0])).not.toContain('decided_offset_min');
  });

  it('counts a judgement from its patient’s zero, and a shift from its own', async () => {
    const review = makeRow(REVIEWS, {
      review_id: 'v1',
      decision_id: 'd2',
      reviewer_id: 'Practitioner/1',
      judgement: 'appropriate',
      reviewed_at: NEW_YEAR + 86_400_000,
      status: 'final',
    });
    const shift = makeRow(SHIFTS, {
      shift_id: 's1',
      clinician_id: 'Practitioner/1',
      shift_start: NEW_YEAR,
      shift_end: NEW_YEAR + 1,
    });
    const { rows } = await written({ profile: 'deidentified' }, [
      [REVIEWS, [review]],
      [SHIFTS, [shift]],
    ]);
    const [judged] = rows('reviews');
    expect([judged.reviewed_from_zero_ms, judged.zero_year]).toEqual([86_401_000, 2025]);
    expect(rows('shifts')[0]).toMatchObject({
      shift_start_from_zero_ms: 0,
      shift_end_from_zero_ms: 1,
      zero_year: 2026,
      clinician_id: judged.reviewer_id,
    });
  });
});

describe('names', () => {
  it('are the same wherever the same thing stood, and say nothing of it', async () => {
    const { rows } = await written({ profile: 'deidentified' });
    const all = rows('decisions');
    const later = all.find((row) => row.replaces_id !== null);
    const earlier = all.find((row) => row.decision_id === later.replaces_id);
    expect(earlier.patient_id).toBe(later.patient_id);
    expect(new Set(all.map((row) => row.patient_id)).size).toBe(2);
    expect(JSON.stringify(all)).not.toMatch(/Patient\/|Practitioner\/|sepsis/);
  });

  it('stay with a key, times from zero with them, and are new without', async () => {
    const first = surrogates(countingNames());
    const one = await written({ profile: 'deidentified', surrogates: first });
    const again = surrogates(countingNames(500), [...first.entries()]);
    const two = await written({ profile: 'deidentified', surrogates: again });
    const other = await written({
      profile: 'deidentified',
      surrogates: surrogates(countingNames(500)),
    });
    expect(two.rows('decisions')).toEqual(one.rows('decisions'));
    expect(other.rows('decisions')[0].patient_id).not.toBe(one.rows('decisions')[0].patient_id);
    const kinds = [...first.entries()].map(({ kind }) => kind);
    expect(kinds).toContain('zero');
  });

  it('of two things are never one, though chance gives the same twice', () => {
    const drawn = ['a', 'a', 'b'];
    const names = surrogates(() => drawn.shift() ?? 'c');
    expect([names.of('patient', 'x'), names.of('patient', 'y')]).toEqual([
      'patient-a',
      'patient-b',
    ]);
  });
});

describe('what each profile keeps', () => {
  it('limited: nothing that names anybody, in any table', async () => {
    const naming = (name: string, { privacy }: Column): boolean =>
      privacy === 'direct' || privacy === 'text' || name === 'owner' || name === 'device_id';
    const named = Object.values<Table>(TABLES).map((table) => {
      const columns = Object.entries(table.columns).filter(([name, column]) =>
        naming(name, column),
      );
      const cells = columns.map(([name], i) => [name, `Quarrington ${i}`]);
      return [table, [Object.fromEntries(cells)]] as const;
    });
    const target = memoryTarget();
    await writePackage(rowsOf(named), target, packageOptions({ profile: 'limited' }));
    const told = [...target.files].filter(([, bytes]) => bytes.includes('Quarrington'));
    expect(told.map(([path]) => path)).toEqual([]);
    expect(target.text('csv/decisions.csv')).toContain('patient-');
  });

  it('limited: the exact time and its offset, random names, words as they are', async () => {
    const [row] = (await written({ profile: 'limited' })).rows('decisions');
    expect(row).toMatchObject({ decided_at: '2026-01-01T00:59:59.000+01:00', model_id: 'sepsis' });
    expect(row.patient_id).toMatch(/^patient-/);
    expect(row).not.toHaveProperty('comment');
  });

  it.each(['operational', 'limited'] as const)(
    '%s: free text after the switch',
    async (profile) => {
      const { rows, manifest, target } = await written({ profile, freeText: true });
      expect(rows('decisions')[0].comment).toBe('call her sister');
      expect(manifest.freeText).toContain('identifying');
      expect(target.text('codebook.md')).toContain('treat it as identifying');
    },
  );

  it('deidentified: no free text, whoever asks', async () => {
    await expect(written({ profile: 'deidentified', freeText: true })).rejects.toThrow(RangeError);
  });

  it('deidentified: words that the site stated, and the account of all that is gone', async () => {
    const { rows, manifest } = await written({
      profile: 'deidentified',
      words: { model_id: ['sepsis'] },
    });
    expect(rows('decisions')[0].model_id).toBe('sepsis');
    expect(manifest.removed).toContainEqual({
      table: 'decisions',
      column: 'comment',
      rule: 'column removed',
      cells: '1–10',
    });
  });

  it('deidentified: a language that few patients have is other', async () => {
    const stays = Array.from({ length: 14 }, (_, i) =>
      makeRow(ENCOUNTERS, {
        encounter_id: `Encounter/${i}`,
        stay: 0,
        patient_id: `Patient/${i}`,
        language: i < 3 ? 'is' : 'en',
        age_band: '90+',
        status: 'final',
      }),
    );
    const { rows } = await written({ profile: 'deidentified' }, [[ENCOUNTERS, stays]]);
    const words = Map.groupBy(rows('encounters'), (row) => row.language);
    expect([...words].map(([word, some]) => [word, some.length]).toSorted()).toEqual([
      ['en', 11],
      ['other', 3],
    ]);
  });
});
