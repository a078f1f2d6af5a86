import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '#src/domain/feedback.ts';
import { UnwritableFeedbackError } from '#src/fhir/feedback/writable.ts';
import { toCdsFeedback } from '#src/fhir/projections/cds-feedback.ts';
import { FLOWSHEET_TEXT_MAX, toFlowsheetRows } from '#src/fhir/projections/flowsheet.fhir.ts';
import { toNote } from '#src/fhir/projections/note.fhir.ts';
import { anAnswer } from '#tests/support/queued-answers.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const REASON = {
  system: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
  code: 'action-completed',
  display: 'Action already completed',
};
const CARD = 'dc11ca18-2a0c-4b14-9d1e-000000000001';
const overridden = (change: Partial<Answer> = {}): Answer =>
  anAnswer('urn:uuid:0b6f3a52-6f0a-4c3c-9f0e-1c2d3e4f5a6b', {
    response: 'overridden',
    reasons: [REASON],
    encounter: 'Encounter/e1',
    recommendation: {
      ref: { server: 'http://ehr.test/fhir', type: 'RiskAssessment', id: 'r1' },
      identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${CARD}` },
      version: '2',
    },
    model: { identifier: 'sepsis-lr', version: '3.1.0' },
    ...change,
  });

const ROWS = {
  system: 'https://hospital.example.org/rows',
  decision: 'd',
  recommendation: 'r',
  reason: 'why',
  comment: 'c',
};
const said = (answer: Answer, mapping = ROWS as Parameters<typeof toFlowsheetRows>[1]) =>
  toFlowsheetRows(answer, mapping).map(({ name, resource, shortened }) => [
    name,
    resource.valueString,
    ...(resource.note ?? []).map(({ text }) => text),
    ...(shortened ? ['shortened'] : []),
  ]);

describe('rows of a flowsheet', () => {
  it('hold one concept each, the decision first', () => {
    expect(said(overridden({ comment: 'Given at 07:40.' }))).toEqual([
      ['decision', 'Overridden'],
      ['recommendation', `urn:uuid:${CARD}, version 2; sepsis-lr 3.1.0`],
      ['reason', 'Action already completed'],
      ['comment', 'Given at 07:40.'],
    ]);
  });

  it('say a reason that came without words as we call it, and never a bare code that we know', () => {
    const { display: _display, ...bare } = REASON;
    expect(said(overridden({ reasons: [bare] }))).toContainEqual(['reason', 'Already done']);
  });

  it('put reason and comment with the decision where the site built no rows for them', () => {
    const { reason: _reason, comment: _comment, ...two } = ROWS;
    expect(said(overridden({ comment: 'Given at 07:40.' }), two)).toEqual([
      ['decision', 'Overridden: Action already completed', 'Given at 07:40.'],
      ['recommendation', `urn:uuid:${CARD}, version 2; sepsis-lr 3.1.0`],
    ]);
  });

  it.each<[string, Partial<Answer>, string]>([
    ['accepted', { response: 'accepted', reasons: [] }, 'Accepted'],
    [
      'a change of mind',
      { replaces: { id: 'urn:uuid:1' } },
      'Overridden (in place of an earlier answer)',
    ],
    [
      'a withdrawal',
      { response: 'withdrawn', reasons: [], replaces: { id: 'urn:uuid:1' } },
      'Withdrawn: the earlier answer no longer stands',
    ],
  ])('say %s in words', (_what, change, words) => {
    expect(said(overridden(change))[0]).toEqual(['decision', words]);
  });

  it('tell what was done instead and when it comes back, as comment', () => {
    const [, , comment] = said(
      overridden({
        response: 'deferred',
        reasons: [],
        deferredUntil: '2026-11-22T17:00:00Z',
        actionTaken: { text: 'Cultures first' },
      }),
    );
    expect(comment).toEqual([
      'comment',
      'Until 2026-11-22T17:00:00Z. Done instead: Cultures first.',
    ]);
  });

  it('are cut to what a row holds, say so, and are valid, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 700, unit: 'grapheme' }), (comment) => {
        for (const { resource, shortened } of toFlowsheetRows(overridden({ comment }), ROWS)) {
          const length = resource.valueString?.length ?? 0;
          expect(length).toBeLessThanOrEqual(FLOWSHEET_TEXT_MAX);
          expect(resource.valueString?.isWellFormed()).toBe(true);
          if (shortened) expect(resource.valueString?.endsWith('…')).toBe(true);
        }
      }),
    );
    for (const { resource } of toFlowsheetRows(overridden({ comment: 'x'.repeat(600) }), ROWS))
      expectValid(resource);
    expect(said(overridden({ comment: 'x'.repeat(600) })).at(-1)).toContain('shortened');
  });

  it('need an encounter, and say so', () => {
    const { encounter: _encounter, ...without } = overridden();
    expect(() => toFlowsheetRows(without, ROWS)).toThrow(UnwritableFeedbackError);
  });
});

const NOTE = { type: { system: 'http://loinc.org', code: '34109-9' }, afterMinutes: 10 };
const textOf = (note: ReturnType<typeof toNote>): string =>
  new TextDecoder().decode(
    Uint8Array.from(atob(note.content[0]?.attachment.data ?? ''), (char) => char.charCodeAt(0)),
  );

describe('a note for a session', () => {
  const first = overridden({ answeredAt: '2026-11-22T15:00:00Z', comment: 'Müller – ≥ 4\nmmol/l' });
  const second = overridden({
    response: 'accepted',
    reasons: [],
    answeredAt: '2026-11-22T15:05:00Z',
    context: { appVersion: '0', shownTitle: 'Check potassium' },
  });

  it('lists every answer in order, with its own time, labelled as the clinician’s', () => {
    const text = textOf(toNote([second, first], NOTE));
    expect(text).toContain(
      '1. AI recommendation\n   Response of the clinician: Overridden. Reason: Action already completed\n   Müller – ≥ 4 mmol/l\n   Given 2026-11-22T15:00:00Z.',
    );
    expect(text).toContain('2. Check potassium\n   Response of the clinician: Accepted\n');
    expect(text).toContain('the responses are the clinician’s. Nothing was ordered');
  });

  it('is by who answered, about the patient, in the encounter, over the time of the session', () => {
    const note = toNote([second, first], NOTE);
    expect(note).toMatchObject({
      docStatus: 'final',
      author: [{ reference: 'Practitioner/ada' }],
      subject: { reference: 'Patient/p1' },
      context: {
        encounter: [{ reference: 'Encounter/e1' }],
        period: { start: '2026-11-22T15:00:00Z', end: '2026-11-22T15:05:00Z' },
      },
    });
    expect(note.content).toHaveLength(1);
    expectValid(note);
  });

  it('needs an encounter, and says so', () => {
    const { encounter: _encounter, ...without } = overridden();
    expect(() => toNote([without], NOTE)).toThrow(/needs an encounter/);
  });
});

describe('CDS Hooks feedback', () => {
  const SYSTEM = 'urn:ietf:rfc:3986';
  const entry = (change: Partial<Answer>) => toCdsFeedback(overridden(change), SYSTEM)?.feedback[0];
  const outcomeTimestamp = '2026-11-22T15:00:00.000Z';

  it('says overridden with the coded reason and the comment', () => {
    expect(entry({ comment: 'Given at 07:40.' })).toEqual({
      card: CARD,
      outcome: 'overridden',
      overrideReason: { reason: REASON, userComment: 'Given at 07:40.' },
      outcomeTimestamp,
    });
  });

  it('says accepted with the suggestions that were on the card', () => {
    const context = { appVersion: '0', suggestions: ['s1', 's2'] };
    for (const response of ['accepted', 'accepted-modified'] as const)
      expect(entry({ response, reasons: [], context })).toEqual({
        card: CARD,
        outcome: 'accepted',
        acceptedSuggestions: [{ id: 's1' }, { id: 's2' }],
        outcomeTimestamp,
      });
  });

  it('tells the time in UTC, whatever the ward’s', () => {
    expect(entry({ answeredAt: '2026-11-22T16:00:00+01:00' })?.outcomeTimestamp).toBe(
      outcomeTimestamp,
    );
  });

  it.each<[string, Partial<Answer>]>([
    ['accepted without a suggestion', { response: 'accepted', reasons: [] }],
    ['deferred', { response: 'deferred', reasons: [] }],
    ['withdrawn', { response: 'withdrawn', reasons: [] }],
    ['overridden without a reason or a comment', { reasons: [] }],
    [
      'a card of another system',
      {
        recommendation: {
          ...overridden().recommendation,
          identifier: { system: 'https://other.example.org', value: CARD },
        },
      },
    ],
    [
      'a card that is no UUID',
      {
        recommendation: {
          ...overridden().recommendation,
          identifier: { system: SYSTEM, value: 'card-1' },
        },
      },
    ],
  ])('has no word for: %s', (_what, change) => {
    expect(toCdsFeedback(overridden(change), SYSTEM)).toBeUndefined();
  });
});
