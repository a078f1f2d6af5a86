import { expect, it } from 'vitest';
import type { Label } from '#src/domain/metrics/label.ts';
import { fromLabelsLibrary, toLabelsLibrary } from '#src/fhir/published-labels.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const asOf = '2026-11-23T06:00:00Z';
const label: Label = {
  rule: 'sepsis-dx',
  kind: 'label',
  outcome: 'sepsis',
  source: 'fhir-rule',
  yes: 12,
  no: 30,
  horizonHours: [12],
  made: 'Condition 91302008 Sépsis',
};

it('rules of labels come back as they were published, in a resource that is valid R4', () => {
  const library = toLabelsLibrary({ asOf, labels: [label] });
  expectValid(library);
  expect(fromLabelsLibrary(JSON.parse(JSON.stringify(library)))).toEqual({
    ok: true,
    value: { asOf, labels: [label] },
    problems: [],
  });
});

it('one rule that cannot be read makes the whole unreadable', () => {
  for (const broken of [{ ...label, yes: '12' }, { ...label, kind: 'other' }, { rule: 'x' }]) {
    const data = btoa(JSON.stringify({ asOf, labels: [broken] }));
    expect(fromLabelsLibrary({ content: [{ data }] }).ok).toBe(false);
  }
});
