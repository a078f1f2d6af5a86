import { describe, expect, it } from 'vitest';
import { mayDiscard, mayEdit, mayRetry } from '#src/domain/outbox/waiting-desk.ts';
import { waitingWords } from '#src/domain/outbox/waiting-words.ts';
import { anAnswer, queued } from '#tests/support/queued-answers.ts';

const item = (change: Parameters<typeof queued>[1] = {}) => queued(anAnswer('a'), change);

const ROWS = [
  [{ phase: 'held' }, 'Can still be undone', /ten seconds/],
  [{ phase: 'sending' }, 'Being sent', /Nothing to do/],
  [{ phase: 'queued' }, 'About to be sent', /by itself/],
  [{ phase: 'queued', last: 'network' }, 'No connection', /by itself/],
  [{ phase: 'queued', last: 'timeout' }, 'No reply', /by itself/],
  [{ phase: 'queued', last: 'http-408' }, 'No reply', /by itself/],
  [{ phase: 'queued', last: 'aborted' }, 'Interrupted', /by itself/],
  [{ phase: 'queued', last: 'not-fhir' }, 'A page instead of the server', /usual network/],
  [{ phase: 'queued', last: 'settling' }, 'Being looked for', /asked again before/],
  [{ phase: 'queued', last: 'empty-201' }, 'Being looked for', /by itself/],
  [{ phase: 'queued', last: 'other-resource' }, 'Being looked for', /by itself/],
  [{ phase: 'queued', last: 'unreadable' }, 'Being looked for', /by itself/],
  [{ phase: 'queued', last: 'http-409' }, 'Changed at the same time', /by itself/],
  [{ phase: 'queued', last: 'http-429' }, 'Server busy', /by itself/],
  [{ phase: 'queued', last: 'http-503' }, 'Server busy', /by itself/],
  [{ phase: 'queued', last: 'http-500' }, 'Server in trouble', /by itself/],
  [{ phase: 'queued', last: 'http-599' }, 'Server in trouble', /by itself/],
  [{ phase: 'waiting-sign-in', last: 'http-401' }, 'Needs sign-in', /Sign in/],
  [{ phase: 'waiting-patient' }, 'Waiting for this patient', /Open the chart/],
  [{ phase: 'attention', last: 'http-400' }, 'Refused', /send again/],
  [{ phase: 'attention', last: 'http-422' }, 'Refused', /send again/],
  [{ phase: 'attention', last: 'http-418' }, 'Refused', /send again/],
  [{ phase: 'attention', last: 'http-403' }, 'Not allowed', /help desk/],
  [{ phase: 'attention', last: 'http-404' }, 'Not taken here', /help desk/],
  [{ phase: 'attention', last: 'http-410' }, 'No longer taken', /answer what is shown/],
  [{ phase: 'attention', last: 'http-413' }, 'Too long', /Shorten/],
  [{ phase: 'attention', last: 'http-412' }, 'Stored more than once', /help desk/],
  [{ phase: 'attention', last: 'empty-201' }, 'Not confirmed', /Look in the chart/],
  [{ phase: 'attention', last: 'unreadable' }, 'Cannot be checked', /Look in the chart/],
  [{ phase: 'attention', last: 'wrong-patient' }, 'Filed under another patient', /at once/],
  [{ phase: 'attention', last: 'foreign-origin' }, 'Stopped for safety', /help desk/],
  [{ phase: 'attention', last: 'unwritable' }, 'Cannot be written', /help desk/],
] as const;

describe('why an answer waits, in words', () => {
  it.each(ROWS)('%o: %s', (change, title, helps) => {
    const words = waitingWords(item(change));
    expect(words.title).toBe(title);
    expect(`${words.explanation} ${words.cure}`).toMatch(helps);
  });

  it('says of nothing that it was lost, and of nothing that it was ordered', () => {
    for (const [change] of ROWS) {
      const { title, explanation, cure } = waitingWords(item(change));
      expect([title, explanation, cure].join(' ')).not.toMatch(/lost|order/i);
    }
  });
});

describe('what may be done about it', () => {
  const refused = item({ phase: 'attention', last: 'http-422' });

  it('edits only what certainly was not stored', () => {
    expect(mayEdit({ item: refused })).toBe(true);
    for (const change of [
      { doubts: 1 },
      { acknowledged: true },
      { phase: 'queued' },
      { kind: 'retraction' },
    ] as const)
      expect(mayEdit({ item: { ...refused, ...change } })).toBe(false);
    // In another place the old words may be.
    const elsewhere = item({ phase: 'delivered', sink: 'epic-flowsheet' });
    expect(mayEdit({ item: refused, others: [elsewhere] })).toBe(false);
  });

  it('does not discard what is under way, nor retry what waits for its time', () => {
    const sending = item({ phase: 'sending' });
    expect(mayDiscard({ item: sending })).toBe(false);
    expect(mayDiscard({ item: refused })).toBe(true);
    expect(mayDiscard({ item: refused, others: [sending] })).toBe(false);
    expect(mayRetry(refused)).toBe(true);
    for (const phase of ['held', 'sending', 'waiting-patient'] as const)
      expect(mayRetry(item({ phase }))).toBe(false);
  });
});
