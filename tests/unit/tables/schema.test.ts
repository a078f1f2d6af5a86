import { describe, expect, test } from 'vitest';
import { checkRow } from '#src/domain/tables/check-row.ts';
import { checkTables } from '#src/domain/tables/check-tables.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { REVIEWS } from '#src/domain/tables/reviews.ts';
import { TABLES } from '#src/domain/tables/schema.ts';

const all: readonly Table[] = Object.values(TABLES);
const columns = all.flatMap((table) =>
  Object.entries(table.columns).map(([name, column]) => ({ table, name, column })),
);

const decision = makeRow(DECISIONS, {
  decision_id: 'urn:uuid:1',
  recommendation_id: 'RiskAssessment/r1',
  recommendation_version: '1',
  clinician_id: 'Practitioner/a',
  response: 'accepted',
  comment_present: false,
  time_quality: 'ok',
  status: 'final',
  sink: 'table',
});

describe('the schema', () => {
  test('names each table by its own key', () => {
    expect(Object.entries(TABLES).filter(([name, table]) => name !== table.name)).toEqual([]);
  });

  test('has keys that are columns and never null', () => {
    const bad = all.flatMap((table) =>
      table.key.filter(
        (name) => table.columns[name]?.nullable !== undefined || !table.columns[name],
      ),
    );
    expect(bad).toEqual([]);
  });

  test('points only to columns that are there, with the same type', () => {
    const bad = columns.flatMap(({ table, name, column }) => {
      const [target, other] = (column.references ?? `${table.name}.${name}`).split('.');
      const there = all.find((one) => one.name === target)?.columns[other ?? ''];
      return there?.type === column.type ? [] : [`${table.name}.${name}`];
    });
    expect(bad).toEqual([]);
  });

  test('says of each column what it is, where it is from, and names it as SQL can', () => {
    const bad = columns.filter(
      ({ name, column }) =>
        !/^[a-z][a-z0-9_]{0,62}$/.test(name) ||
        !column.description.endsWith('.') ||
        column.source === '' ||
        (column.values && column.type !== 'code'),
    );
    expect(bad.map(({ table, name }) => `${table.name}.${name}`)).toEqual([]);
  });

  test('gives a column the same meaning in every table that has it', () => {
    const shared = Map.groupBy(columns, ({ name }) => name);
    // Words of a list may differ where the things differ; these do, each in its own table.
    const own = new Set(['status', 'kind', 'harm', 'state']);
    const bad = [...shared].filter(
      ([name, found]) =>
        !own.has(name) &&
        new Set(found.map(({ column }) => `${column.type} ${column.unit}`)).size > 1,
    );
    expect(bad.map(([name]) => name)).toEqual([]);
  });

  test('calls no identifier of a person or record harmless, and no time of care either', () => {
    const free = new Set(['model_id', 'device_id', 'change_id']);
    const ids = columns.filter(({ name }) => name.endsWith('_id') && !free.has(name));
    expect(ids.filter(({ column }) => column.privacy !== 'direct').map(({ name }) => name)).toEqual(
      [],
    );
    const times = columns.filter(
      ({ table, column }) => column.type === 'instant' && table.name !== 'changes',
    );
    expect(times.filter(({ column }) => column.privacy !== 'date').map(({ name }) => name)).toEqual(
      [],
    );
  });
});

describe('a row', () => {
  test('has every column in order, null where nothing was given', () => {
    expect(Object.keys(decision)).toEqual(Object.keys(DECISIONS.columns));
    expect(decision.comment).toBeNull();
    expect(checkRow(DECISIONS, decision)).toEqual([]);
  });

  test.each([
    ['decision_id', null, 'missing'],
    ['decision_id', '', 'wrong-type'],
    ['response', 'Accepted', 'unknown-word'],
    ['usefulness', 6, 'out-of-range'],
    ['usefulness', 2.5, 'wrong-type'],
    ['shown_probability', 62, 'out-of-range'],
    ['shown_probability', Number.NaN, 'wrong-type'],
    ['dwell_ms', -1, 'out-of-range'],
    ['decided_at', '2026-10-02T10:15:00Z', 'wrong-type'],
    ['decided_at', 9e15, 'wrong-type'],
    ['decided_week', '2026-02-30', 'wrong-type'],
    ['decided_week', 20260202, 'wrong-type'],
    ['evidence_opened', 'true', 'wrong-type'],
    ['decided_offset_min', 841, 'out-of-range'],
    ['colour', 'red', 'unknown-column'],
  ])('with %s = %j is refused: %s', (name, value, code) => {
    const found = checkRow(DECISIONS, { ...decision, [name]: value });
    expect(found.map((one) => [one.column, one.code])).toEqual([[name, code]]);
  });
});

test('a set of tables is checked for keys and for what points nowhere', () => {
  const review = makeRow(REVIEWS, {
    review_id: 'v1',
    decision_id: 'urn:uuid:gone',
    reviewer_id: 'Practitioner/b',
    judgement: 'appropriate',
    status: 'final',
  });
  const reports = checkTables({ decisions: [decision, decision], reviews: [review] });
  expect(reports.map(({ table }) => table)).toEqual(['decisions', 'reviews']);
  expect(reports[0]).toMatchObject({ rows: 2, duplicateKeys: 1, dangling: {}, problems: [] });
  expect(reports[1]).toMatchObject({ duplicateKeys: 0, dangling: { decision_id: 1 } });
});
