import { describe, expect, it } from 'vitest';
import {
  clocksOf,
  DEFAULT_CLOCKS,
  dueAt,
  type Graded,
  urgencyOf,
} from '#src/domain/governance/incidents/incident-clock.ts';
import {
  INCIDENT_STEPS,
  type IncidentStep,
  type StepDone,
  stepProblem,
} from '#src/domain/governance/incidents/incident-steps.ts';
import { readIncident, withStep } from '#src/fhir/governance/incident-work.fhir.ts';

const SERVER = 'https://registry.example.org/fhir';
// A Friday.
const FRIDAY = Date.parse('2026-11-20T16:00:00Z');
const HOUR = 3_600_000;

describe('clocks of a safety report', () => {
  it.each([
    [{ merp: 'E' }, 'grave'],
    [{ merp: 'A', unsafe: true }, 'grave'],
    [{ harm: 'severe' }, 'grave'],
    [{ merp: 'C', reached: true }, 'reached'],
    [{ reached: true }, 'reached'],
    [{ merp: 'B' }, 'minor'],
    [{}, 'minor'],
  ] satisfies [Partial<Graded>, string][])('%o is %s', (graded, urgency) => {
    expect(urgencyOf({ unsafe: false, reached: false, ...graded })).toBe(urgency);
  });

  it('a working day leaves out the weekend of the hospital, not that of Greenwich', () => {
    const oneDay = { workingDays: 1 };
    expect(new Date(dueAt(FRIDAY, oneDay, 0)).toISOString()).toBe('2026-11-23T16:00:00.000Z');
    // Still Friday in Greenwich, Saturday already further east: Monday is the day after next.
    const late = Date.parse('2026-11-22T15:00:00Z');
    expect(new Date(dueAt(late, oneDay, 600)).toISOString()).toBe('2026-11-23T15:00:00.000Z');
    expect(new Date(dueAt(FRIDAY, { workingDays: 10 }, 0)).toISOString()).toBe(
      '2026-12-04T16:00:00.000Z',
    );
  });

  it('are kept, missed, running and late, to the minute', () => {
    const done = new Map([
      ['acknowledged', FRIDAY + 14 * 60_000],
      ['contained', FRIDAY + 2 * HOUR],
    ]);
    const now = FRIDAY + 25 * HOUR;
    const states = clocksOf(DEFAULT_CLOCKS, 'grave', FRIDAY, done, { now, offsetMinutes: 0 });
    expect(states.map(({ step, state }) => [step, state])).toEqual([
      ['acknowledged', 'kept'],
      ['contained', 'missed'],
      ['committee', 'late'],
      ['root-cause', 'running'],
    ]);
  });
});

const step = (name: IncidentStep, by: string): StepDone => ({
  step: name,
  by,
  at: '2026-11-22T12:00:00+00:00',
  words: `Words to ${name}`,
});

describe('steps of a safety report', () => {
  const WORK = INCIDENT_STEPS.filter((one) => one !== 'closed');
  const all = WORK.map((one) => step(one, 'Practitioner/a'));

  it('are taken in order', () => {
    expect(stepProblem('acknowledged', [], ['Practitioner/a'])).toBeUndefined();
    expect(stepProblem('contained', [], ['Practitioner/a'])).toContain('acknowledge');
    expect(stepProblem('closed', all.slice(0, -1), ['Practitioner/b'])).toContain('effectiveness');
  });

  it('a second person closes', () => {
    expect(stepProblem('closed', all, ['Practitioner/a'])).toContain('second person');
    expect(stepProblem('closed', all, ['https://x/Practitioner/a', 'Practitioner/a'])).toContain(
      'second person',
    );
    expect(stepProblem('closed', all, ['Practitioner/b'])).toBeUndefined();
    expect(stepProblem('closed', all, [])).toContain('who you are');
  });

  it('end with closure', () => {
    const closed = [...all, step('closed', 'Practitioner/b')];
    for (const one of INCIDENT_STEPS)
      expect(stepProblem(one, closed, ['Practitioner/c'])).toContain('closed');
  });

  it('come back from the Task as they were attested', () => {
    const task = {
      resourceType: 'Task' as const,
      id: 't1',
      status: 'requested' as const,
      intent: 'order' as const,
      code: {
        coding: [
          {
            system: 'https://clinician-feedback.example.org/fhir/CodeSystem/governance-task',
            code: 'incident',
          },
        ],
      },
      focus: { reference: 'AdverseEvent/e1' },
      authoredOn: '2026-11-20T16:00:00+00:00',
    };
    const done = [...all, step('closed', 'Practitioner/b')];
    const written = done.reduce((one, each) => withStep(one, each), task);
    const read = readIncident(written, new Map(), SERVER);
    expect(read?.steps).toEqual(done);
    expect(read?.status).toBe('completed');
    expect(withStep(task, step('acknowledged', 'Practitioner/a')).status).toBe('in-progress');
  });
});
