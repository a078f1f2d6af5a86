import { describe, expect, it } from 'vitest';
import { simulate } from '#src/domain/simulate/simulate.ts';
import { SCENARIOS, type SimulationOptions } from '#src/domain/simulate/simulation.ts';
import { checkTables } from '#src/domain/tables/check-tables.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { rowsOf } from './rows.ts';

const SMALL = { seed: 11, weeks: 4, perWeek: 40, start: '2026-01-05' } as const;
const all = (options: SimulationOptions) => rowsOf(simulate(options));

describe('simulate', () => {
  it.each(SCENARIOS)(
    '%s: rows that every table takes, with nothing that points nowhere',
    (scenario) => {
      const made = simulate({ ...SMALL, scenario });
      const tables = { ...rowsOf(made), ...made.standing };
      for (const { table, rows, problems, duplicateKeys, dangling } of checkTables(tables)) {
        expect(problems.slice(0, 3), table).toEqual([]);
        expect({ table, duplicateKeys, dangling }).toEqual({
          table,
          duplicateKeys: 0,
          dangling: {},
        });
        expect(rows, table).toBeGreaterThan(0);
      }
      const shapes: readonly Table[] = Object.values(TABLES);
      for (const { name, columns } of shapes) {
        const [row] = tables[name as keyof typeof tables] ?? [];
        if (row) expect(Object.keys(row), name).toEqual(Object.keys(columns));
      }
    },
  );

  it('gives the same rows for the same options, and others for another seed', () => {
    const options = { ...SMALL, scenario: 'hospital' } as const;
    const rows = all(options);
    expect(all(options)).toEqual(rows);
    expect(all({ ...options, seed: 12 }).decisions.length).not.toBe(rows.decisions.length);
  });

  it('leaves everything as it was that a scenario does not touch', () => {
    const options = { ...SMALL, weeks: 3, perWeek: 150 };
    const [one, other] = (['response-inequity', 'outlier-unit'] as const).map((scenario) =>
      simulate({ ...options, scenario }),
    );
    if (!one || !other) throw new Error('two simulations');
    const [a, b] = [rowsOf(one), rowsOf(other)];
    expect(a.scores).toEqual(b.scores);
    expect(a.exposures).toEqual(b.exposures);
    const onset = one.problems[0]?.onset ?? '';
    const ordinary = (rows: typeof a.decisions) =>
      rows.filter(({ recommendation_id }) => recommendation_id.includes('-w0-'));
    expect(onset).toBe('2026-01-12');
    expect(ordinary(a.decisions)).toEqual(ordinary(b.decisions));
    expect(a.decisions).not.toEqual(b.decisions);
  });

  it('hands on the same rows in pieces, and remembers nothing of an earlier look', () => {
    const made = simulate({ ...SMALL, scenario: 'healthy' });
    const decisions = [...made.pieces()].flatMap(({ tables }) => tables.decisions ?? []);
    expect(decisions).toEqual(rowsOf(made).decisions);
    expect(new Set([...made.pieces()].map(({ week }) => week)).size).toBe(SMALL.weeks);
  });

  it('begins what goes wrong after ten ordinary weeks, and twenty before the end', () => {
    const onsets = Array.from({ length: 60 }, (_, seed) => {
      const made = simulate({ ...SMALL, scenario: 'outlier-unit', weeks: 40, seed });
      return (Date.parse(made.problems[0]?.onset ?? '') - Date.parse(SMALL.start)) / 604_800_000;
    });
    expect([Math.min(...onsets), Math.max(...onsets)]).toEqual([10, 20]);
  });

  it('has labels two to eight weeks late, answers and displays left out, and twelve units', () => {
    const { outcomes, scores, decisions, exposures, recommendations, encounters } = all({
      ...SMALL,
      scenario: 'healthy',
      perWeek: 500,
    });
    const scored = new Map(scores.map((row) => [`${row.encounter_id}${row.outcome_code}`, row]));
    const weeksLate = outcomes
      .filter(({ kind }) => kind === 'label')
      .map((row) => {
        const score = scored.get(`${row.encounter_id}${row.outcome_code}`);
        return ((row.label_at ?? 0) - (score?.scored_at ?? 0)) / 604_800_000;
      });
    expect(Math.min(...weeksLate)).toBeGreaterThan(1.9);
    expect(Math.max(...weeksLate)).toBeLessThan(8.1);
    expect(new Set(encounters.map(({ unit }) => unit)).size).toBe(12);
    expect(new Set(encounters.map(({ site }) => site)).size).toBe(2);
    const shown = new Set(exposures.map((row) => row.recommendation_id));
    expect(shown.size).toBeLessThan(recommendations.length);
    expect(shown.size).toBeGreaterThan(0.8 * recommendations.length);
    expect(exposures.length).toBeGreaterThan(shown.size);
    const said = new Set(decisions.map(({ response }) => response));
    expect(said).toEqual(
      new Set(['accepted', 'accepted-modified', 'overridden', 'deferred', 'withdrawn']),
    );
    expect(decisions.some(({ status }) => status === 'entered-in-error')).toBe(true);
    expect(recommendations.length / SMALL.weeks).toBeGreaterThan(420);
    expect(recommendations.length / SMALL.weeks).toBeLessThan(600);
  });
});
