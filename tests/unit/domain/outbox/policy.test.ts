import { describe, expect, it } from 'vitest';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import { ceilingMs } from '#src/domain/outbox/back-off.ts';
import { claimed, nextStep, settled } from '#src/domain/outbox/next-step.ts';
import { rowNamed, rowNameOf } from '#src/domain/outbox/policy.ts';
import { anAnswer, NOW, queued, TAB } from '#tests/support/queued-answers.ts';

const half = () => 0.5;

describe('a status without a row of its own', () => {
  it.each([
    [200, 'http-other'],
    [299, 'http-other'],
    [300, 'redirected'],
    [302, 'redirected'],
    [399, 'redirected'],
    [402, 'http-4xx'],
    [499, 'http-4xx'],
    [505, 'http-5xx'],
    [599, 'http-5xx'],
    [0, 'http-other'],
  ] as const)('%i is treated as %s', (status, row) => {
    expect(rowNameOf(`http-${status}`)).toBe(row);
  });

  it('has none of an object’s own names', () => {
    expect(rowNameOf('constructor' as never)).toBe('http-other');
  });

  it('another patient’s: waits where nothing left, asks a person where something did', () => {
    expect(rowNamed('wrong-patient', false).to).toBe('patient');
    expect(rowNamed('wrong-patient', true)).toEqual({
      to: 'attention',
      stored: 'yes',
      trouble: false,
      reason: 'wrong-patient',
    });
  });
});

describe('patience', () => {
  const after = (attempts: number) =>
    nextStep({ attempts }, { kind: 'empty-201', sent: true }, NOW, half).step;

  it('ends with the sixth look, and not before', () => {
    expect([1, 5, 6, 7].map(after)).toEqual(['retry', 'retry', 'attention', 'attention']);
  });

  it('never ends for what passes by itself', () => {
    const step = nextStep({ attempts: 10_000 }, { kind: 'network', sent: true }, NOW, half);
    expect(step.step).toBe('retry');
  });
});

describe('settling', () => {
  it.each([
    [30_000, 30_000],
    [10, 1_000],
  ])('waits %i ms as it says, a second at least', (waitMs, delayMs) => {
    const step = nextStep({ attempts: 3 }, { kind: 'settling', sent: false, waitMs }, NOW, half);
    expect(step).toEqual({ step: 'retry', at: NOW + delayMs, delayMs });
  });
});

describe('an item while it is sent', () => {
  const item = queued(anAnswer('a'), { attempts: 2, doubts: 1 });

  it.each([
    ['held by this tab', { phase: 'held', tab: TAB }, 2],
    ['held by a tab that is gone: it may have left there', { phase: 'held', tab: 'gone' }, 3],
    ['queued by another tab', { phase: 'queued', tab: 'gone' }, 2],
  ] as const)('%s', (_what, change, doubts) => {
    expect(claimed({ ...item, ...change }, NOW + 5, TAB)).toEqual({
      ...item,
      phase: 'sending',
      attempts: 3,
      doubts,
      lastSentAt: NOW + 5,
      tab: TAB,
    });
  });
});

describe('an item after an attempt', () => {
  const before = queued(anAnswer('a'), {
    phase: 'queued',
    attempts: 2,
    doubts: 1,
    lastSentAt: NOW - 9,
  });
  const sending = claimed(before, NOW, TAB);
  const settle = (result: AttemptResult, from = before) =>
    settled(
      from,
      claimed(from, NOW, TAB),
      result,
      NOW + 50,
      nextStep(sending, result, NOW + 50, half),
    );

  it('that failed on the way: kept with its doubt, and tried again when it is due', () => {
    const after = settle({ kind: 'network', sent: true });
    const delayMs = after.nextAt - (NOW + 50);
    expect(delayMs).toBeGreaterThan(0);
    expect(after).toEqual({
      ...sending,
      phase: 'queued',
      delayMs,
      nextAt: NOW + 50 + delayMs,
      last: 'network',
      history: [{ at: NOW + 50, result: 'network' }],
    });
  });

  it('that never left: the doubt and the time of sending are as before', () => {
    const after = settle({ kind: 'network', sent: false });
    expect([after.doubts, after.lastSentAt]).toEqual([1, NOW - 9]);
    const { lastSentAt: _never, ...never } = before;
    expect(settle({ kind: 'network', sent: false }, never)).not.toHaveProperty('lastSentAt');
  });

  it('whose server asked for time: until then nobody asks it again', () => {
    const after = settle({ kind: 'http', status: 429, sent: true, retryAfterMs: 600_000 });
    expect(after.serverAskedUntil).toBe(NOW + 50 + 600_000);
    expect(settle({ kind: 'http', status: 429, sent: true })).not.toHaveProperty(
      'serverAskedUntil',
    );
    const asked = { ...before, serverAskedUntil: NOW - 1 };
    expect(settle({ kind: 'network', sent: true }, asked)).not.toHaveProperty('serverAskedUntil');
  });

  it.each([
    ['a sign-in', { kind: 'http', status: 401, sent: true }, 'waiting-sign-in'],
    ['its patient', { kind: 'wrong-patient', sent: false }, 'waiting-patient'],
  ] as const)('that waits for %s is not tried by each tab in turn', (_what, result, phase) => {
    const after = settle(result);
    expect([after.phase, after.delayMs, after.nextAt]).toEqual([
      phase,
      ceilingMs(3),
      NOW + 50 + ceilingMs(3),
    ]);
  });

  it('that asks a person waits for nobody else', () => {
    const after = settle({ kind: 'http', status: 422, sent: true });
    expect([after.phase, after.delayMs, after.nextAt, after.doubts]).toEqual([
      'attention',
      0,
      NOW + 50,
      1,
    ]);
  });

  it('that is stored is queued only to be erased', () => {
    const after = settle({ kind: 'stored', sent: true, reference: 'Observation/1', lost: [] });
    expect([after.phase, after.delayMs, after.acknowledged]).toEqual(['queued', 0, true]);
  });

  it('remembers that the server said yes, whatever came after', () => {
    expect(settle({ kind: 'timeout', sent: true, acknowledged: true }).acknowledged).toBe(true);
    expect(settle({ kind: 'timeout', sent: true }).acknowledged).toBeUndefined();
    expect(
      settle({ kind: 'timeout', sent: true }, { ...before, acknowledged: true }).acknowledged,
    ).toBe(true);
  });

  it('keeps its last twenty results', () => {
    const history = Array.from({ length: 20 }, (_, at) => ({ at, result: 'network' as const }));
    const after = settle({ kind: 'timeout', sent: true }, { ...before, history });
    expect(after.history).toEqual([...history.slice(1), { at: NOW + 50, result: 'timeout' }]);
  });
});
