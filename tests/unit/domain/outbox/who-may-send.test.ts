import { describe, expect, it } from 'vitest';
import { amend, retract } from '#src/domain/outbox/collapse.ts';
import { mayLeave, writesAnyPatient } from '#src/domain/outbox/may-leave.ts';
import { heads, nextDue, rebased } from '#src/domain/outbox/next-due.ts';
import { phaseIn, released } from '#src/domain/outbox/rounds.ts';
import { settleWaitMs } from '#src/domain/outbox/settle.ts';
import { undeliveredReport } from '#src/domain/outbox/undelivered-report.ts';
import { ADA, anAnswer, ISSUER, NOW, queued, TAB } from '#tests/support/queued-answers.ts';

const session = { issuer: ISSUER, user: ADA, patientId: 'p1', anyPatient: false };
const item = queued(anAnswer('a'), { phase: 'queued', nextAt: NOW, delayMs: 0 });

describe('an item leaves', () => {
  it.each([
    ['under its own user’s launch on its patient', {}, 'yes'],
    ['not under another user', { user: 'Practitioner/ben' }, 'waiting-sign-in'],
    ['not under nobody', { user: undefined }, 'waiting-sign-in'],
    ['not to another server', { issuer: 'https://other.example.org' }, 'waiting-sign-in'],
    ['not in another patient’s launch', { patientId: 'p2' }, 'waiting-patient'],
    ['not without a patient', { patientId: undefined }, 'waiting-patient'],
    ['from another patient’s launch with user scope', { patientId: 'p2', anyPatient: true }, 'yes'],
    ['nor with user scope under another user', { user: 'x', anyPatient: true }, 'waiting-sign-in'],
  ])('%s', (_when, change, verdict) => {
    expect(mayLeave(item, { ...session, ...change })).toBe(verdict);
    expect(phaseIn(item, { ...session, ...change })).toBe(verdict === 'yes' ? 'queued' : verdict);
  });

  it.each([
    ['user/Observation.cruds', true],
    ['user/Observation.c', true],
    ['user/*.cruds', true],
    ['user/Observation.write', true],
    ['user/*.*', true],
    ['user/Observation.rs', false],
    ['user/Observation.read', false],
    ['user/Condition.cruds', false],
    ['patient/Observation.cruds', false],
    ['user/Observation.cruds?category=vital-signs', false],
  ])('%s: any patient %s', (scope, any) => {
    expect(writesAnyPatient(['launch', scope])).toBe(any);
  });
});

describe('the order', () => {
  const moment = { now: NOW, tab: TAB, busy: new Set<string>(), session };
  const second = queued(anAnswer('b'), { phase: 'queued', nextAt: NOW - 9 }, { order: 2 });

  it('is kept within a recommendation, whatever the clock said', () => {
    expect(heads([second, item]).map(({ id }) => id)).toEqual(['a']);
    expect(nextDue([second, { ...item, nextAt: NOW + 5 }], moment)).toEqual({
      item: undefined,
      inMs: 5,
    });
  });

  it('does not wait for what needs a person', () => {
    expect(nextDue([{ ...item, phase: 'attention' }, second], moment).item?.id).toBe('b');
  });

  it('leaves what another tab holds to that tab for five seconds more', () => {
    const held = queued(anAnswer('a'), { tab: 'other', nextAt: NOW });
    expect(nextDue([held], moment).inMs).toBe(5_000);
  });

  it('a clock set back makes nothing wait longer than it was told to', () => {
    const waiting = { ...item, nextAt: NOW + 1e9, delayMs: 4_000, lastSentAt: NOW + 1e9 };
    expect(rebased(waiting, NOW)).toMatchObject({ nextAt: NOW + 4_000, lastSentAt: NOW });
    expect(rebased(item, NOW)).toBe(item);
  });
});

describe('a sign-in that ended', () => {
  const waiting = { ...item, phase: 'waiting-sign-in' as const, nextAt: NOW + 5, tab: TAB };
  const gate = { session, now: NOW, tab: TAB, fresh: false };

  it.each([
    ['the tab that was told so, never by itself', { now: NOW + 1e6 }, 'waiting-sign-in'],
    ['a new tab, at once', { tab: 'new', fresh: true }, 'queued'],
    ['another tab, not at once', { tab: 'other' }, 'waiting-sign-in'],
    ['another tab, in time', { tab: 'other', now: NOW + 5 }, 'queued'],
  ])('is tried again by %s', (_who, change, phase) => {
    expect(released(waiting, { ...gate, ...change }).phase).toBe(phase);
  });
});

describe('a change of mind', () => {
  const b = anAnswer('b', { replaces: { id: 'a' } });
  const doubted = { ...item, doubts: 1 };

  it('collapses with what never left, and takes over what that replaced', () => {
    const first = queued(anAnswer('a', { replaces: { id: 'z' } }));
    expect(amend(b, [first], TAB)).toMatchObject({
      answer: { id: 'b', replaces: { id: 'z' } },
      remove: { id: 'a' },
    });
    expect(amend(b, [item], TAB).answer.replaces).toBeUndefined();
  });

  it.each([
    ['was sent with unknown outcome', doubted],
    ['is being sent', { ...item, phase: 'sending' as const }],
    ['is held by a tab that may have sent it', queued(anAnswer('a'), { tab: 'other' })],
  ])('keeps both when the first %s', (_when, first) => {
    expect(amend(b, [first], TAB)).toEqual({ answer: b, remove: undefined, send: true });
    expect(retract(b, [first], TAB)).toMatchObject({ remove: undefined, send: true });
  });

  it('taken back before it left is not sent; what it was to replace is taken back instead', () => {
    expect(retract(b, [item], TAB)).toMatchObject({ remove: { id: 'a' }, send: false });
    const first = queued(anAnswer('a', { replaces: { id: 'z' } }));
    expect(retract(b, [first], TAB)).toMatchObject({
      answer: { replaces: { id: 'z' } },
      send: true,
    });
  });

  it('taken back while it waits for a person needs nobody to look any more', () => {
    const refused = { ...doubted, phase: 'attention' as const };
    expect(retract(b, [refused], TAB)).toMatchObject({ remove: { id: 'a' }, send: true });
  });
});

it('in doubt, two minutes; without doubt, none; never more, wherever the clock went', () => {
  expect(settleWaitMs({}, NOW)).toBe(0);
  expect(settleWaitMs({ lastSentAt: NOW - 30_000 }, NOW)).toBe(90_000);
  expect(settleWaitMs({ lastSentAt: NOW + 1e9 }, NOW)).toBe(120_000);
});

it('a device tells how much and since when, and nothing else', () => {
  const report = undeliveredReport([item, { ...item, phase: 'attention' }], NOW + 60_000);
  expect(report).toEqual({
    count: 2,
    oldestMs: 60_000,
    needAttention: 1,
    waitingForSignIn: 0,
    waitingForPatient: 0,
  });
  expect(undeliveredReport([], NOW).oldestMs).toBe(0);
});
