import { describe, expect, it } from 'vitest';
import { recallOf } from '#src/domain/governance/recall.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import { rowsOf } from '#tests/unit/simulate/rows.ts';

const made = simulate({
  ...{ scenario: 'version-regression', seed: 7, weeks: 12, perWeek: 60, start: '2026-01-05' },
});
const tables = rowsOf(made);

describe('recall', () => {
  const versions = [
    ...Map.groupBy(tables.recommendations ?? [], ({ model_id, model_version }) =>
      JSON.stringify([model_id, model_version]),
    ),
  ];

  it('finds every recommendation, display and answer of each version, and none twice', () => {
    expect(versions.length).toBeGreaterThan(2);
    let [rows, exposures, decisions] = [0, 0, 0];
    for (const [key, own] of versions) {
      const [id, version] = JSON.parse(key) as [string, string];
      const recall = recallOf(tables, { ids: [id], version });
      expect(recall.rows.map(({ recommendation }) => recommendation)).toEqual(
        own.map(({ recommendation_id }) => recommendation_id).toSorted(),
      );
      expect(recall.patients).toBe(new Set(own.map(({ patient_id }) => patient_id)).size);
      rows += recall.rows.length;
      exposures += recall.exposures;
      decisions += recall.decisions;
    }
    expect(rows).toBe(tables.recommendations?.length);
    expect(exposures).toBe(tables.exposures?.length);
    expect(decisions).toBe(tables.decisions?.length);
  });

  it('finds by displays and answers what a server no longer has', () => {
    const [[key] = ['[]']] = versions;
    const [id, version] = JSON.parse(key) as [string, string];
    const whole = recallOf(tables, { ids: [id], version });
    const without = recallOf({ ...tables, recommendations: [] }, { ids: [id], version });
    expect(without.exposures).toBe(whole.exposures);
    expect(without.decisions).toBe(whole.decisions);
    const touched = whole.rows.filter(({ seenBy, answers }) => seenBy.length + answers.length > 0);
    expect(without.rows.map((one) => one.patient)).toEqual(touched.map((one) => one.patient));
  });

  it('counts an outcome where it happened in a stay that was touched', () => {
    const all = recallOf(tables, {
      ids: versions.map(([key]) => (JSON.parse(key) as [string])[0]),
      version: undefined,
    });
    const stays = new Set(all.rows.map(({ encounter }) => encounter));
    const expected = (tables.outcomes ?? []).filter(
      ({ label, encounter_id }) => label && encounter_id !== null && stays.has(encounter_id),
    );
    expect(all.outcomes).toBeGreaterThan(0);
    expect(all.outcomes).toBeLessThanOrEqual(expected.length);
    expect(all.rows.some(({ outcomes }) => outcomes.length > 0)).toBe(true);
  });

  it('an unknown model touched nothing', () => {
    const nothing = recallOf(tables, { ids: ['nobody'], version: undefined });
    expect([nothing.rows, nothing.patients, nothing.decisions]).toEqual([[], 0, 0]);
  });
});
