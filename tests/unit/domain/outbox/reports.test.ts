import { describe, expect, it } from 'vitest';
import { mayLeave } from '#src/domain/outbox/may-leave.ts';
import { captureReport, type QueuedReport } from '#src/domain/outbox/queued-answer.ts';
import { enter, type Route } from '#src/domain/outbox/routes.ts';
import { mayDiscard, mayEdit, mayRetry } from '#src/domain/outbox/waiting-desk.ts';
import { waitingWords } from '#src/domain/outbox/waiting-words.ts';
import { ADA, anAnswer, ISSUER, NOW, queued, TAB } from '#tests/support/queued-answers.ts';
import { aReport } from '#tests/support/safety-reports.ts';

const owner = { issuer: ISSUER, user: ADA };
const moment = { owner, patient: 'Patient/p1', now: NOW, undoMs: 10_000, tab: TAB };
const route = (sink: Route['sink'], more: Partial<Route> = {}): Route => ({
  sink,
  required: true,
  takes: () => true,
  ...more,
});
const item = (change: Partial<QueuedReport> = {}): QueuedReport => ({
  ...captureReport({
    ...moment,
    kind: 'report',
    report: aReport('r'),
    holdMs: 0,
    order: 1,
    sink: 'safety-report',
  }),
  ...change,
});

describe('a safety report in the queue', () => {
  const routes = [
    route('fhir-observation'),
    route('hospital-store'),
    route('safety-report', { target: { server: 'http://store.test/fhir', subject: 'Patient/77' } }),
  ];

  it('goes to the record of reports and nowhere else, and can be undone for ten seconds', () => {
    const { put, remove } = enter({ ...moment, kind: 'report', report: aReport('r') }, routes, []);
    expect(remove).toEqual([]);
    expect(put).toMatchObject([
      {
        id: 'r safety-report',
        kind: 'report',
        sink: 'safety-report',
        phase: 'held',
        nextAt: NOW + 10_000,
        target: { subject: 'Patient/77' },
      },
    ]);
  });

  it('is given to no sink of answers, and no answer to its own', () => {
    const { put } = enter({ ...moment, kind: 'answer', answer: anAnswer('a') }, routes, [item()]);
    expect(put.map(({ sink, kind }) => [sink, kind])).toEqual([
      ['fhir-observation', 'answer'],
      ['hospital-store', 'answer'],
    ]);
    const alone = [route('fhir-observation')];
    expect(enter({ ...moment, kind: 'report', report: aReport('r') }, alone, []).put).toEqual([]);
  });

  it('takes the place of nothing: two reports about one recommendation are two', () => {
    const { put, remove } = enter({ ...moment, kind: 'report', report: aReport('s') }, routes, [
      item({ phase: 'held' }),
      queued(anAnswer('a')),
    ]);
    expect([put.length, remove.length]).toEqual([1, 0]);
  });

  it.each([
    ['under its own user on its patient', {}, 'yes'],
    ['not under another user', { user: 'Practitioner/ben' }, 'waiting-sign-in'],
    ['not in another patient’s launch', { patientId: 'p2' }, 'waiting-patient'],
  ])('leaves %s', (_, change, verdict) => {
    const session = { ...owner, patientId: 'p1', anyPatient: false, ...change };
    expect(mayLeave(item(), session)).toBe(verdict);
  });

  it.each([
    ['http-422', 'Not taken', /own way/],
    ['http-403', 'Not taken', /own way/],
    ['empty-201', 'Not taken', /own way/],
    ['no-sink', 'Nowhere to go', /own way/],
    ['wrong-patient', 'Filed under another patient', /at once/],
  ] as const)('%s: asks a person, without a word of the chart', (last, title, helps) => {
    const stuck = item({ phase: 'attention', last });
    const words = waitingWords(stuck);
    expect(words.title).toBe(title);
    expect(words.cure).toMatch(helps);
    expect(JSON.stringify(words)).not.toMatch(/chart|answer/);
    expect([mayEdit({ item: stuck }), mayRetry(stuck), mayDiscard({ item: stuck })]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
