import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '#src/domain/feedback.ts';
import { NON_ADHERENCE_REASONS } from '#src/domain/reasons.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { toFlowsheetRows } from '#src/fhir/projections/flowsheet.fhir.ts';
import { toNote } from '#src/fhir/projections/note.fhir.ts';
import { readDecisionWords, readRecommendationWords } from '#src/fhir/tables/chart-words.ts';
import { answer, given, id, risk, tablesOf } from './feedback.ts';

const MAPPING = {
  system: 'urn:oid:1.2.3',
  decision: 'F1',
  recommendation: 'F2',
  reason: 'F3',
  comment: 'F4',
};
const NOTE = { type: { system: 'http://loinc.org', code: '34109-9' }, afterMinutes: 5 };
const CHART = { flowsheet: MAPPING, note: NOTE } as const;

const at = (hour: number) => `2026-10-02T${hour}:00:00Z`;
const reason = {
  system: SYSTEM.nonAdherenceReason,
  code: 'action-completed',
  display: 'Recommended action was already completed',
};
const override = answer(1, at(10), {
  response: 'overridden',
  reasons: [reason],
  comment: 'Given at 09:40.',
  model: { identifier: 'sepsis-lr', version: '3.1.0' },
});

let made = 0;
const rows = (one: Answer, mapping: typeof MAPPING | Omit<typeof MAPPING, 'reason' | 'comment'>) =>
  toFlowsheetRows(one, mapping).map(({ resource }) => {
    made += 1;
    return { ...resource, id: `f${made}` };
  });
const note = (...answers: [Answer, ...Answer[]]) => ({ ...toNote(answers, NOTE), id: 'n1' });

const WHOLE = {
  response: 'overridden',
  reason_code: 'action-completed',
  reason_category: 'cds-not-applicable',
  reason_owner: 'trigger-logic',
  comment: 'Given at 09:40.',
  recommendation_id: 'RiskAssessment/r1',
  recommendation_version: '1',
  clinician_id: 'Practitioner/a',
  patient_id: 'Patient/p1',
  model_id: 'sepsis-lr',
  model_version: '3.1.0',
  decided_at: Date.parse(at(10)),
  is_head: true,
};

describe('what a chart still tells', () => {
  test('four flowsheet rows are one decision', () => {
    const { decisions } = tablesOf([risk(), ...rows(override, MAPPING)], {}, CHART);
    expect(decisions).toMatchObject([{ ...WHOLE, sink: 'epic-flowsheet' }]);
  });

  test('a site without rows for reason and comment: they stand in the decision', () => {
    const { system, decision, recommendation } = MAPPING;
    const mapping = { system, decision, recommendation };
    const { decisions } = tablesOf(
      [risk(), ...rows(override, mapping)],
      {},
      { flowsheet: mapping },
    );
    expect(decisions).toMatchObject([{ ...WHOLE, sink: 'epic-flowsheet' }]);
  });

  test('a note is a decision for each entry', () => {
    const other = answer(2, at(11), { response: 'deferred', performer: override.performer });
    const { decisions } = tablesOf([risk(), note(override, other)], {}, CHART);
    expect(decisions.toSorted((a, b) => (a.decided_at ?? 0) - (b.decided_at ?? 0))).toMatchObject([
      { ...WHOLE, sink: 'document-note' },
      { response: 'deferred', comment_present: false },
    ]);
  });

  test('a flowsheet and a note about one answer are one decision, filed twice or not', () => {
    const chart = [...rows(override, MAPPING), ...rows(override, MAPPING), note(override)];
    const { decisions } = tablesOf([risk(), ...chart], {}, CHART);
    expect(decisions).toMatchObject([{ ...WHOLE, sink: 'epic-flowsheet' }]);
  });

  test('nothing, where the whole answer is at hand', () => {
    const chart = [...rows(override, MAPPING), note(override)];
    const { decisions } = tablesOf([risk(), given(override), ...chart], {}, CHART);
    expect(decisions).toMatchObject([{ decision_id: id(1), sink: 'fhir-observation' }]);
  });

  test('that an answer stands in the place of an earlier one: the last before it', () => {
    const again = answer(3, at(12), { replaces: { id: id(1) } });
    const tables = tablesOf(
      [risk(), ...rows(again, MAPPING), ...rows(override, MAPPING)],
      {},
      CHART,
    );
    expect(tables.decisions.map((row) => [row.response, row.is_head]).toSorted()).toEqual([
      ['accepted', true],
      ['overridden', false],
    ]);
    expect(responseUnits(tables.exposures, tables.decisions)).toMatchObject([
      { response: 'accepted', implied: true, conflict: false },
    ]);
  });

  test('that an answer was withdrawn', () => {
    const back = answer(3, at(12), { response: 'withdrawn', replaces: { id: id(1) } });
    const tables = tablesOf(
      [risk(), ...rows(override, MAPPING), ...rows(back, MAPPING)],
      {},
      CHART,
    );
    expect(tables.decisions.filter(({ is_head }) => is_head)).toEqual([]);
  });

  test('nothing that can be linked: a decision without its recommendation, two in one instant', () => {
    const [first] = rows(override, MAPPING);
    expect(tablesOf([risk(), first], {}, CHART).decisions).toEqual([]);
    const other = {
      ...override,
      recommendation: { ref: { ...override.recommendation.ref, id: 'r2' } },
    };
    const mixed = [...rows(override, MAPPING), ...rows(other, MAPPING)];
    expect(tablesOf([risk(), ...mixed], {}, CHART).decisions).toEqual([]);
  });

  test('a retracted note tells nothing that counts', () => {
    const retracted = { ...note(override), status: 'entered-in-error' };
    expect(tablesOf([risk(), retracted], {}, CHART).decisions).toMatchObject([
      { status: 'entered-in-error', is_head: false },
    ]);
  });

  test.each([
    ['no base64', 'not base64!'],
    ['base64 of nothing of ours', btoa('1. A list\n   of somebody')],
    ['a cut tail', 'QUJ'],
  ])('a note with %s is passed over', (_, data) => {
    const broken = { ...note(override), content: [{ attachment: { data } }] };
    expect(tablesOf([broken], {}, CHART).decisions).toEqual([]);
  });
});

describe('words', () => {
  test.each([
    ['Accepted', 'accepted', false, []],
    ['Accepted with changes', 'accepted-modified', false, []],
    ['Deferred (in place of an earlier answer)', 'deferred', true, []],
    ['Withdrawn: the earlier answer no longer stands', 'withdrawn', true, []],
    ['Overridden: Already done', 'overridden', false, ['action-completed']],
    [
      'Overridden (in place of an earlier answer): Already done; a word of the site',
      'overridden',
      true,
      ['action-completed', ''],
    ],
    ['Overridden. Reason: Looks unsafe or malfunctioning', 'overridden', false, ['ai-unsafe']],
  ])('%s', (words, response, replacesSome, codes) => {
    const read = readDecisionWords(words);
    expect(read).toMatchObject({ response, replacesSome });
    expect(read?.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test.each([
    '',
    'accepted',
    'Accepted by phone',
    'Overridden by the registrar: see note',
    'Normal',
  ])('“%s” is no answer of ours', (words) => {
    expect(readDecisionWords(words)).toBeUndefined();
  });

  test('every reason is known again by its display', () => {
    const all = NON_ADHERENCE_REASONS.flatMap((one) => one.reasons);
    for (const { code, display } of all) {
      expect(readDecisionWords(`Overridden: ${display}`)?.reasons[0]).toMatchObject({ code });
    }
  });

  test('a recommendation’s words come back, whatever its identifier', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9:/.-]{0,20}$/);
    fc.assert(
      fc.property(part, fc.option(part), part, part, (what, version, model, modelVersion) => {
        const words = `${what}${version === null ? '' : `, version ${version}`}; ${model} ${modelVersion}`;
        expect(readRecommendationWords(words)).toEqual({
          recommendation: what,
          version: version ?? undefined,
          model,
          modelVersion,
        });
      }),
    );
  });
});
