import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '#src/domain/metrics/catalogue.ts';
import { type Facts, factsOf } from '#src/domain/metrics/facts/facts.ts';
import { numberText } from '#src/domain/metrics/figure-text.ts';
import {
  EDREES_2020,
  EDREES_2020_HARM,
  edrees2020,
} from '#src/domain/metrics/published/edrees-2020.ts';
import { WONG_2021, wong2021 } from '#src/domain/metrics/published/wong-2021.ts';
import type { Dimension } from '#src/domain/metrics/slices.ts';
import { checkTables } from '#src/domain/tables/check-tables.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import edrees from '#tests/golden/published/edrees-2020.json';
import wong from '#tests/golden/published/wong-2021.json';

interface Printed {
  readonly metric: string;
  readonly figure: string;
  /** Value of the one dimension that it is cut by. */
  readonly slice?: string;
  readonly value: string;
  readonly low?: string;
  readonly high?: string;
}

const study = (name: string, tables: Tables, printed: readonly Printed[]) => ({
  name,
  tables,
  facts: factsOf(tables),
  printed,
});
const studies = [
  study('Wong 2021', wong2021(), wong.printed),
  study('Edrees 2020', edrees2020(), edrees.printed),
];

function figure(facts: Facts, { metric, figure: name, slice }: Printed) {
  const by: readonly Dimension[] = slice === undefined ? [] : ['risk-band'];
  const entry = CATALOGUE.find((each) => each.name === metric);
  const slices = entry?.figures(entry.count(facts, by), by) ?? [];
  return slices
    .find((each) => slice === undefined || each.slice[0] === slice)
    ?.figures.find((each) => each.name === name);
}

describe.each(studies)('$name, from its rows', ({ tables, facts, printed }) => {
  it.each(printed)('$metric: $figure is $value, as printed', (wanted) => {
    const found = figure(facts, wanted);
    if (found?.value === undefined) throw new Error(`no ${wanted.figure}`);
    expect(numberText(found, found.value)).toBe(wanted.value);
    if (wanted.low) expect(numberText(found, found.interval?.low ?? -1)).toBe(wanted.low);
    if (wanted.high) expect(numberText(found, found.interval?.high ?? -1)).toBe(wanted.high);
  });

  it('stands on rows of the flat tables', () => {
    for (const { problems, duplicateKeys } of checkTables(tables))
      expect([problems, duplicateKeys]).toEqual([[], 0]);
  });
});

it('the rules in the code are those of the golden files', () => {
  expect(WONG_2021).toEqual(wong.rows);
  expect(EDREES_2020).toEqual(edrees.rows);
  expect(EDREES_2020_HARM).toEqual(edrees.harm);
});
