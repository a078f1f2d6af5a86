import { describe, expect, it } from 'vitest';
import { countByReason, discardRecord, discardsOf } from '#src/domain/outbox/discard.ts';
import { type LastReport, reportDue } from '#src/domain/outbox/report-due.ts';
import { undeliveredReport } from '#src/domain/outbox/undelivered-report.ts';
import { anAnswer, NOW, queued } from '#tests/support/queued-answers.ts';

const MINUTE = 60_000;
const waiting = (...minutes: number[]) =>
  undeliveredReport(
    minutes.map((ago) => ({ phase: 'queued' as const, createdAt: NOW - ago * MINUTE })),
    NOW,
  );
const last = (minutesAgo: number, stillWaiting = true): LastReport => ({
  at: NOW - minutesAgo * MINUTE,
  waiting: stillWaiting,
});

describe('when a device reports', () => {
  it.each([
    ['nothing waits', waiting(), 0, undefined, false],
    ['young: part of working', waiting(4), 0, undefined, false],
    ['older than five minutes', waiting(6), 0, undefined, true],
    ['told ten minutes ago', waiting(60), 0, last(10), false],
    ['told a quarter of an hour ago', waiting(60), 0, last(15), true],
    ['told in the future: the clock was set back', waiting(60), 0, last(-10), true],
    ['cleared: once, at once', waiting(), 0, last(1), true],
    ['cleared, and told', waiting(), 0, last(1, false), false],
    ['only young ones left: not cleared yet', waiting(1), 0, last(1), false],
    ['something was discarded', waiting(), 1, undefined, true],
    ['discarded a minute after a report', waiting(), 1, last(1, false), false],
  ])('%s', (_, report, discards, before, due) => {
    expect(reportDue(report, discards, before, NOW)).toBe(due);
  });
});

describe('what is left of a discarded answer', () => {
  const item = queued(anAnswer('a', { comment: 'Private words' }), {
    phase: 'attention',
    last: 'http-422',
    attempts: 3,
    createdAt: NOW - 5 * MINUTE,
  });

  it('is that it was, when and why; nothing of what it said or about whom', () => {
    const record = discardRecord(item, { reason: 'other', text: '  Wrong button  ' }, NOW);
    expect(record).toEqual({
      id: 'a',
      at: NOW,
      reason: 'other',
      text: 'Wrong button',
      waitedMs: 5 * MINUTE,
      attempts: 3,
      last: 'http-422',
    });
  });

  it('counts on one day, however late it is told', () => {
    const one = discardRecord(item, { reason: 'answered-again' }, NOW);
    const told = { ...one, reportedOn: '2026-11-21' };
    expect(discardsOf([one, told], '2026-11-22')).toEqual([one]);
    expect(discardsOf([one, told], '2026-11-21')).toEqual([one, told]);
    expect(countByReason([one, told])).toEqual({
      'answered-again': 2,
      'documented-elsewhere': 0,
      'not-mine': 0,
      other: 0,
    });
  });
});
