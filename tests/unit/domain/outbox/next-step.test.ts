import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import { backOffMs, ceilingMs } from '#src/domain/outbox/back-off.ts';
import { claimed, nextStep, settled } from '#src/domain/outbox/next-step.ts';
import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { anAnswer, NOW, queued, TAB } from '#tests/support/queued-answers.ts';

const half = () => 0.5;
const http = (status: number, more: object = {}): AttemptResult => ({
  kind: 'http',
  status,
  sent: true,
  ...more,
});
const failure = (kind: string, more: object = {}) =>
  ({ kind, sent: true, ...more }) as AttemptResult;

interface Case {
  readonly when: string;
  readonly result: AttemptResult;
  readonly next: string;
  /** What is known afterwards about this attempt having stored it. */
  readonly doubt: boolean;
}

const CASES: readonly Case[] = [
  { when: 'network error', result: failure('network'), next: 'retry', doubt: true },
  { when: 'timeout', result: failure('timeout'), next: 'retry', doubt: true },
  { when: 'aborted', result: failure('aborted'), next: 'retry', doubt: true },
  {
    when: 'network error in the search before',
    result: failure('network', { sent: false }),
    next: 'retry',
    doubt: false,
  },
  { when: '400', result: http(400), next: 'attention refused', doubt: false },
  { when: '401', result: http(401), next: 'waiting-sign-in', doubt: false },
  { when: '403', result: http(403), next: 'attention forbidden', doubt: false },
  { when: '404', result: http(404), next: 'attention no-such-place', doubt: false },
  { when: '405', result: http(405), next: 'attention no-such-place', doubt: false },
  { when: '408', result: http(408), next: 'retry', doubt: true },
  { when: '409', result: http(409), next: 'retry', doubt: true },
  { when: '410', result: http(410), next: 'attention gone', doubt: false },
  { when: '412', result: http(412), next: 'attention duplicates', doubt: true },
  { when: '413', result: http(413), next: 'attention too-large', doubt: false },
  { when: '415', result: http(415), next: 'attention refused', doubt: false },
  {
    when: '418 (a status without a row)',
    result: http(418),
    next: 'attention refused',
    doubt: false,
  },
  { when: '422', result: http(422), next: 'attention refused', doubt: false },
  { when: '425', result: http(425), next: 'retry', doubt: false },
  { when: '429', result: http(429), next: 'retry', doubt: false },
  {
    when: '429 with Retry-After',
    result: http(429, { retryAfterMs: 600_000 }),
    next: 'retry',
    doubt: false,
  },
  { when: '500', result: http(500), next: 'retry', doubt: true },
  { when: '501', result: http(501), next: 'attention no-such-place', doubt: false },
  { when: '502', result: http(502), next: 'retry', doubt: true },
  { when: '503', result: http(503), next: 'retry', doubt: true },
  {
    when: '503 with Retry-After',
    result: http(503, { retryAfterMs: 120_000 }),
    next: 'retry',
    doubt: true,
  },
  { when: '504', result: http(504), next: 'retry', doubt: true },
  { when: '599 (a status without a row)', result: http(599), next: 'retry', doubt: true },
  { when: '302', result: http(302), next: 'waiting-sign-in', doubt: true },
  { when: 'HTML instead of FHIR', result: failure('not-fhir'), next: 'retry', doubt: true },
  {
    when: 'a redirect to a login page',
    result: failure('redirected'),
    next: 'waiting-sign-in',
    doubt: true,
  },
  { when: 'empty 201, not found', result: failure('empty-201'), next: 'retry', doubt: true },
  {
    when: '201 with another resource',
    result: failure('other-resource'),
    next: 'retry',
    doubt: true,
  },
  { when: 'stored, not to be read', result: failure('unreadable'), next: 'retry', doubt: true },
  {
    when: 'foreign origin',
    result: failure('foreign-origin', { sent: false }),
    next: 'attention foreign-origin',
    doubt: false,
  },
  {
    when: 'wrong patient in the token',
    result: failure('wrong-patient', { sent: false }),
    next: 'waiting-patient',
    doubt: false,
  },
  {
    when: 'wrong patient in what was stored',
    result: failure('wrong-patient'),
    next: 'attention wrong-patient',
    doubt: true,
  },
  {
    when: 'not writable as FHIR',
    result: failure('unwritable', { sent: false }),
    next: 'attention unwritable',
    doubt: false,
  },
  {
    when: 'still settling',
    result: { kind: 'settling', waitMs: 60_000, sent: false },
    next: 'retry',
    doubt: false,
  },
];

const summary = (result: AttemptResult, attempts = 1) => {
  const step = nextStep({ attempts }, result, NOW, half);
  return step.step === 'attention' ? `attention ${step.reason}` : step.step;
};

describe('the policy, row by row', () => {
  it.each(CASES)('$when → $next', ({ result, next, doubt }) => {
    expect(summary(result)).toBe(next);
    const before = queued(anAnswer('a'), { phase: 'queued' });
    const sending = claimed(before, NOW, TAB);
    const after = settled(before, sending, result, NOW, nextStep(sending, result, NOW, half));
    expect(after.doubts).toBe(doubt ? 1 : 0);
    expect(after.history).toHaveLength(1);
  });

  it('stored → delivered, with what was lost', () => {
    const result = { kind: 'stored', reference: 'Observation/1', lost: ['x'], sent: true } as const;
    expect(nextStep({ attempts: 1 }, result, NOW, half)).toEqual({
      step: 'delivered',
      reference: 'Observation/1',
      lost: ['x'],
    });
  });

  it.each(['empty-201', 'other-resource', 'unreadable'])(
    'looks again after %s, then asks a person',
    (kind) => {
      expect(summary(failure(kind), 5)).toBe('retry');
      expect(summary(failure(kind), 6)).toMatch(/^attention un/);
    },
  );

  it('retries the rest for ever: nothing ages out', () => {
    for (const kind of ['network', 'timeout', 'not-fhir'])
      expect(summary(failure(kind), 100_000)).toBe('retry');
    for (const status of [409, 429, 500, 502, 503, 504])
      expect(summary(http(status), 100_000)).toBe('retry');
  });
});

const anyResult = fc.oneof(
  fc
    .constantFrom<AttemptResult['kind']>(
      'network',
      'timeout',
      'aborted',
      'not-fhir',
      'redirected',
      'foreign-origin',
      'wrong-patient',
      'empty-201',
      'other-resource',
      'unreadable',
      'unwritable',
    )
    .chain((kind) => fc.boolean().map((sent) => ({ kind, sent }) as AttemptResult)),
  fc.record({
    kind: fc.constant('http' as const),
    status: fc.integer({ min: 300, max: 599 }),
    sent: fc.boolean(),
    retryAfterMs: fc.integer({ min: 0, max: 10 * 24 * 3_600_000 }),
  }),
);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('whatever happens', () => {
  it('a retry lies in the future, and never earlier than the server asked', () => {
    fc.assert(
      fc.property(anyResult, fc.nat(1_000_000), chance, (result, attempts, random) => {
        const step = nextStep({ attempts }, result, NOW, () => random);
        if (step.step !== 'retry') return;
        const asked = 'retryAfterMs' in result ? (result.retryAfterMs ?? 0) : 0;
        expect(step.at).toBeGreaterThan(NOW);
        expect(step.at).toBeGreaterThanOrEqual(NOW + asked);
        expect(step.at).toBe(NOW + step.delayMs);
      }),
    );
  });

  it('no failure delivers or drops: the item stays, in a phase that somebody or something moves', () => {
    fc.assert(
      fc.property(fc.array(anyResult, { maxLength: 40 }), chance, (results, random) => {
        let item: QueuedItem = queued(anAnswer('a'));
        for (const result of results) {
          const sending = claimed(item, NOW, TAB);
          const step = nextStep(sending, result, NOW, () => random);
          expect(step.step).not.toBe('delivered');
          item = settled(item, sending, result, NOW, step);
          expect(item.answer).toEqual(anAnswer('a'));
          expect(item.doubts).toBeGreaterThanOrEqual(0);
          expect(item.phase).toMatch(/^(queued|waiting-sign-in|waiting-patient|attention)$/);
          expect(item.history.length).toBeLessThanOrEqual(20);
          expect(JSON.stringify(item.history)).not.toContain('Patient');
        }
      }),
    );
  });

  it('a doubt is forgotten only by the attempt that raised it', () => {
    const before = queued(anAnswer('a'), { phase: 'queued', doubts: 1, lastSentAt: NOW - 5 });
    const sending = claimed(before, NOW, TAB);
    const refused = http(422);
    const after = settled(before, sending, refused, NOW, nextStep(sending, refused, NOW, half));
    expect([after.doubts, after.lastSentAt]).toEqual([1, NOW - 5]);
  });

  it('a refusal of the read-back takes away no doubt about the write before it', () => {
    const before = queued(anAnswer('a'), { phase: 'queued' });
    const sending = claimed(before, NOW, TAB);
    for (const status of [401, 403, 422, 429]) {
      const result = http(status, { acknowledged: true });
      const after = settled(before, sending, result, NOW, nextStep(sending, result, NOW, half));
      expect([after.doubts, after.acknowledged]).toEqual([1, true]);
    }
  });

  it('the back-off grows within bounds that never shrink', () => {
    fc.assert(
      fc.property(fc.nat(200), chance, (attempts, random) => {
        expect(ceilingMs(attempts + 1)).toBeGreaterThanOrEqual(ceilingMs(attempts));
        const wait = backOffMs(attempts, () => random);
        expect(wait).toBeGreaterThanOrEqual(1_000);
        expect(wait).toBeLessThanOrEqual(ceilingMs(attempts));
        expect(ceilingMs(attempts)).toBeLessThanOrEqual(300_000);
      }),
    );
  });
});
