import { describe, expect, it } from 'vitest';
import { GATE_ITEMS } from '#src/domain/governance/lifecycle/gates.ts';
import {
  approvalProblem,
  decisionProblem,
  proposalProblems,
  type TransitionProposal,
} from '#src/domain/governance/lifecycle/transition.ts';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import {
  decidedTask,
  readTransition,
  toTransitionTask,
} from '#src/fhir/governance/transition.fhir.ts';

const SERVER = 'https://registry.example.org/fhir';
const NOW = Date.parse('2026-11-22T12:00:00Z');

const PROPOSAL: TransitionProposal = {
  id: 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2b11',
  device: 'Device/m1',
  from: 'silent',
  to: 'pilot',
  scope: { site: 'North', units: ['Location/icu'], clinicians: ['Practitioner/c'] },
  reason: 'Ninety silent days',
  until: '2027-02-01T23:59:59+01:00',
  rollbackVersion: '2.4.0',
  evidence: ['https://dashboard.example.org/?model=m1', 'DocumentReference/report'],
  checklist: GATE_ITEMS.map((item, at) =>
    at % 2 === 0
      ? { item, finding: 'met', evidence: '412 of 412 are on record' }
      : { item, finding: 'cannot-tell', evidence: 'Nobody counted', words: 'Tried on 3 November' },
  ),
  proposedAt: '2026-11-22T10:00:00+00:00',
  proposedBy: 'Practitioner/owner',
};

const stored = (task = toTransitionTask(PROPOSAL)) => ({
  ...task,
  id: 't1',
  meta: { versionId: '3' },
});

const record = (one: Partial<ModelStateRecord>): ModelStateRecord => ({
  ...{ id: 'r', model: { identifiers: [] }, state: 'active', units: [], clinicians: [] },
  ...one,
});

describe('a proposal', () => {
  it('comes back from its Task as it was', () => {
    expect(readTransition(stored(), SERVER)).toEqual({
      ...PROPOSAL,
      status: 'requested',
      task: 'Task/t1',
      version: '3',
    });
  });

  it('keeps all that it said through a decision, and says who decided', () => {
    const decided = decidedTask(stored(), {
      status: 'approved',
      by: 'Practitioner/approver',
      at: '2026-11-22T11:00:00+00:00',
      words: 'As discussed',
    });
    expect(readTransition(decided, SERVER)).toEqual({
      ...PROPOSAL,
      status: 'approved',
      decidedBy: 'Practitioner/approver',
      decidedAt: '2026-11-22T11:00:00+00:00',
      decisionWords: 'As discussed',
      task: 'Task/t1',
      version: '3',
    });
  });

  it('is complete as it stands', () => expect(proposalProblems(PROPOSAL, NOW)).toEqual([]));

  it.each([
    ['a move that there is not', { to: 'active' }, 'cannot become active'],
    ['no reason', { reason: ' ' }, 'Say why'],
    ['an end in the past', { until: '2026-11-21T23:59:59Z' }, 'later than now'],
    ['a pilot for everybody', { scope: { units: [], clinicians: [] } }, 'A pilot is for some'],
    [
      'a checklist that is not answered',
      { checklist: [{ item: 'owner-named', finding: 'not-met', evidence: 'None' }] },
      'no answer to “owner-named”',
    ],
  ] satisfies [string, Partial<TransitionProposal>, string][])(
    'is refused for %s',
    (_, change, words) => {
      expect(proposalProblems({ ...PROPOSAL, ...change }, NOW).join(' ')).toContain(words);
    },
  );

  it('without an end or a way back brings nothing to a screen', () => {
    const { until, rollbackVersion, ...rest } = PROPOSAL;
    expect([until, rollbackVersion]).toEqual(['2027-02-01T23:59:59+01:00', '2.4.0']);
    expect(proposalProblems(rest, NOW)).toHaveLength(2);
  });
});

describe('a decision', () => {
  const waiting = { ...PROPOSAL, status: 'requested' as const };

  it('is never that of who proposed, by whatever name they are known', () => {
    expect(decisionProblem(waiting, ['Practitioner/x'])).toBeUndefined();
    expect(
      decisionProblem(waiting, ['https://ehr/Practitioner/o', 'Practitioner/owner']),
    ).toContain('somebody else');
    expect(decisionProblem(waiting, [])).toContain('who you are');
    expect(decisionProblem({ ...waiting, proposedBy: '' }, ['Practitioner/x'])).toBeDefined();
  });

  it('is made once', () => {
    for (const status of ['approved', 'in-force', 'declined', 'withdrawn', 'unknown'] as const)
      expect(decisionProblem({ ...waiting, status }, ['Practitioner/x'])).toContain('decided');
  });

  it('does not lift a stop that came after it was asked for', () => {
    const later = record({ state: 'suspended', from: '2026-11-22T10:30:00Z' });
    const earlier = record({ state: 'suspended', from: '2026-11-22T09:30:00Z' });
    expect(approvalProblem(PROPOSAL, [later], NOW)).toContain('suspended after');
    expect(approvalProblem(PROPOSAL, [earlier], NOW)).toBeUndefined();
    // Dated back, and put on record afterwards.
    const dated = { ...earlier, recordedAt: NOW };
    expect(approvalProblem(PROPOSAL, [dated], NOW)).toContain('suspended after');
  });

  it('gives no approval that has ended already', () => {
    expect(approvalProblem(PROPOSAL, [], Date.parse('2027-03-01'))).toContain('ended');
  });
});
