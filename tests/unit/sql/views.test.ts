import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { evalSqlOnFhir } from '@medplum/core';
import type { Resource as AnyResource, ViewDefinition } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '#src/cli/duckdb/database.ts';
import { readJson } from '#src/cli/duckdb/sources.ts';
import { VIEWS } from '#src/fhir/views/all.ts';
import { toViewDefinition } from '#src/fhir/views/definition.ts';
import type { View } from '#src/fhir/views/view.ts';
import { isResource } from '#src/sql/fhirpath/elements.ts';
import { FhirPathError, parsePath } from '#src/sql/fhirpath/syntax.ts';
import { nothingUsed } from '#src/sql/fhirpath/used.ts';
import { viewSql } from '#src/sql/flatten/view-sql.ts';
import { asBulk, CASES, GOLDEN, linesOf } from '#tests/support/sql/folders.ts';

/** R4 allows one value of a choice; given two, runners differ, and the specification does not say. */
const hasOneChoice = (one: AnyResource): boolean =>
  one.resourceType !== 'RiskAssessment' ||
  !(one.prediction ?? []).some((each) => each.probabilityDecimal && each.probabilityRange);

const resources = CASES.flatMap((name) =>
  linesOf<AnyResource>(`${GOLDEN}/${name}/fhir.ndjson`).filter(hasOneChoice),
);
const folder = asBulk(resources);
let db: Database;
beforeAll(async () => {
  db = await openDatabase({ beside: folder });
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const inOrder = (rows: readonly object[]): readonly string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();

/** By the runner of another project, from the JSON that is published. */
function byMedplum(view: View): readonly object[] {
  const definition: ViewDefinition = JSON.parse(JSON.stringify(toViewDefinition(view)));
  return evalSqlOnFhir(definition, resources);
}

async function byDuckDb(view: View): Promise<readonly object[]> {
  if (!isResource(view.resource)) throw new RangeError(view.resource);
  const used = nothingUsed(view.resource);
  const sql = viewSql(view, 'source', used);
  const from = readJson([join(folder, `${view.resource}.ndjson`)], used);
  return db.rows(`WITH source AS (FROM ${from}) ${sql}`);
}

const present = VIEWS.filter(({ resource }) =>
  resources.some(({ resourceType }) => resourceType === resource),
);

describe('one view, two engines that share no code', () => {
  test.each(present.map((view) => [view.name, view] as const))(
    '%s gives the same rows in DuckDB and in @medplum/core',
    async (_name, view) => {
      const rows = byMedplum(view);
      expect(rows.length).toBeGreaterThan(0);
      expect(inOrder(await byDuckDb(view))).toEqual(inOrder(rows));
    },
  );

  test('a path outside of the subset is refused, not guessed', () => {
    expect(() => parsePath('code.coding.where(')).toThrow(FhirPathError);
    const [view] = VIEWS;
    if (!view) throw new Error('No view.');
    const odd = { ...view, where: ['code.coding.trace()'] };
    expect(() => viewSql(odd, 'source', nothingUsed('RiskAssessment'))).toThrow('trace()');
  });
});
