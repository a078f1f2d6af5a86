import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Column, Table } from '#src/domain/tables/column.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { VIEWS } from '#src/fhir/views/all.ts';
import { viewDefinitions } from '#src/fhir/views/definition.ts';

/** Columns that no element of the resource holds, each with the reason. */
const NOT_IN_FHIR: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '*': {
    site: 'the site’s settings',
    payer: 'tables of the site',
    specialty: 'PractitionerRole, tables of the site',
    age_band: 'view patients, by the moment',
    sex: 'view patients',
    race_ethnicity: 'view patients',
    language: 'view patients',
    score_scale: 'the configured scale of the source',
    model_id: 'the row in models, by model_reference',
    model_version: 'the row in models, by model_reference',
    decided_offset_min: 'the offset of decided_at as it was sent',
    displayed_offset_min: 'the offset of displayed_at as it was sent',
    fired_offset_min: 'the offset of fired_at as it was sent',
    scored_offset_min: 'the offset of scored_at as it was sent',
    happened_offset_min: 'the offset of happened_at as it was sent',
    sink: 'the server that was read',
    unit: 'view encounters, by the moment',
    risk_band: 'the recommendation',
    arm: 'the answer',
    model_state: 'view changes, by the moment',
  },
  decisions: { reason_category: 'the table of reasons', reason_owner: 'the table of reasons' },
  exposures: { implied: 'decisions without an exposure' },
  recommendations: {
    recommendation_id: 'resource_id',
    carrier: 'the resource type of the view',
    kind: 'the site’s settings',
    confidence: 'five types of one extension; read from the resource',
    priority: 'the order of the bands',
    superseded_by: 'all versions, `replaced`',
  },
  scores: { score_id: 'resource_id', prediction: 'place among the rows of one resource' },
  outcomes: {
    outcome_id: 'resource_id',
    rule: 'the site’s rules',
    kind: 'the site’s rules',
    recommendation_id: 'tables of the site',
    outcome_code: 'the site’s rules',
    label: 'the site’s rules',
    critical: 'the site’s rules',
    label_source: 'the reader',
    censored: 'encounters',
  },
  encounters: { encounter_id: 'resource_id', stay: 'place among the stays in time' },
  reviews: {},
  models: {
    device_id: 'resource_id',
    threshold: 'the site’s settings',
    horizon_h: 'the site’s settings',
    outcome_code: 'the site’s settings',
    high_risk: 'the site’s settings',
  },
  incidents: {
    recommendation_id: 'no writer of ours says it yet',
    decision_id: 'no writer of ours says it yet',
    ai_attributable: 'no writer of ours says it yet',
    detected_by: 'its Task',
    state: 'its Task',
    status: 'R4 has none',
  },
};

const tables: readonly Table[] = Object.values(TABLES).filter(({ name }) => name !== 'shifts');

describe('the views', () => {
  test.each(tables.map((table) => [table.name, table] as const))(
    '%s: every column has a path, is derived, or says why not',
    (name, table) => {
      const views = VIEWS.filter((view) => view.table === name);
      const held = views.flatMap(({ select }) => select.flatMap(({ column }) => column));
      const without = Object.entries<Column>(table.columns)
        .filter(([column, { derived }]) => !derived && !held.some((one) => one.name === column))
        .map(([column]) => column);
      const excused = { ...NOT_IN_FHIR['*'], ...NOT_IN_FHIR[name] };
      expect(without.filter((column) => !Object.hasOwn(excused, column))).toEqual([]);
      // A reason of a table’s own that is none any more must go.
      expect(
        Object.keys(NOT_IN_FHIR[name] ?? {}).filter((column) => !without.includes(column)),
      ).toEqual([]);
    },
  );

  test('are published as they stand in code; `npm run artifacts` rewrites them', () => {
    for (const view of viewDefinitions())
      expect(
        JSON.parse(readFileSync(`public/fhir/ViewDefinition-${view.id}.json`, 'utf8')),
      ).toEqual(JSON.parse(JSON.stringify(view)));
  });

  test('have names that a database takes, each column once', () => {
    for (const { name, select } of viewDefinitions()) {
      const columns = select.flatMap(({ column }) => column.map((one) => one.name));
      expect(new Set(columns).size).toBe(columns.length);
      for (const each of [name, ...columns]) expect(each).toMatch(/^[a-z][a-z0-9_]*$/);
    }
  });
});
