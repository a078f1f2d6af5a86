import { expect, test } from 'vitest';
import { REASON_GROUPS } from '#src/fhir/reasons.ts';

const options = REASON_GROUPS.flatMap((group) => group.options);

test('every reason there is, once, under the heading of its category', () => {
  expect(REASON_GROUPS.map(({ label, options: all }) => [label, all.length])).toEqual([
    ['Does not apply to this patient', 7],
    ['Wrong moment or person', 5],
    ['I disagree clinically', 5],
    ['Concern about the outcome', 5],
    ['Patient’s wishes', 6],
    ['Not feasible', 7],
    ['The AI itself', 3],
  ]);
  const codes = options.map(({ coding }) => `${coding.system}|${coding.code}`);
  expect(new Set(codes).size).toBe(codes.length);
});

test('a category is its own last reason, told from the heading', () => {
  expect(REASON_GROUPS[0]?.options.at(-1)).toEqual({
    label: 'Does not apply to this patient: other',
    coding: {
      system: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
      code: 'cds-not-applicable',
      display: expect.any(String),
    },
  });
});

test('what is unsafe is red, and nothing else', () => {
  const red = options.filter(({ tone }) => tone === 'danger');
  expect(red.map(({ coding }) => coding)).toEqual([
    {
      system: 'https://clinician-feedback.example.org/fhir/CodeSystem/ai-override-reason',
      code: 'ai-unsafe',
      display: expect.any(String),
    },
  ]);
});
