import { readFileSync } from 'node:fs';
import { evalFhirPathTyped, satisfiedAccessPolicy, toTypedValue } from '@medplum/core';
import type { AccessPolicy, Bundle, Resource } from '@medplum/fhirtypes';
import type { Provenance, Task } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ensureDefinitions } from '#mocks/fhir/definitions.ts';
import type { TransitionProposal } from '#src/domain/governance/lifecycle/transition.ts';
import { ACTS, type Act, may, ROLES, type Role } from '#src/domain/governance/rights.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { toEscalation, withAnswer } from '#src/fhir/governance/escalation.fhir.ts';
import { toIncidentTask } from '#src/fhir/governance/incident.fhir.ts';
import { toClocksLibrary } from '#src/fhir/governance/incident-clocks.fhir.ts';
import { RESTRICTED, toReporter } from '#src/fhir/governance/reporter.fhir.ts';
import { toReviewPlan } from '#src/fhir/governance/review-plan.fhir.ts';
import { taskCode } from '#src/fhir/governance/task.fhir.ts';
import {
  decidedRequest,
  exportedRequest,
  toDataRequest,
} from '#src/fhir/governance/training-data.fhir.ts';
import { decidedTask, toTransitionTask } from '#src/fhir/governance/transition.fhir.ts';
import { toModelState } from '#src/fhir/model-state-decision.fhir.ts';
import { aReport } from '#tests/support/safety-reports.ts';

// Criteria are searches: their parameters must be known.
ensureDefinitions();

const ME = 'Practitioner/me';
const { entry = [] } = JSON.parse(
  // As the server does when somebody signs in.
  readFileSync('docs/medplum/access-policies.json', 'utf8').replaceAll('%profile', ME),
) as Bundle<AccessPolicy>;
const policyOf = (role: string): AccessPolicy => {
  const found = entry.find(({ resource }) => resource?.name === `clinician-feedback-${role}`);
  if (!found?.resource) throw new Error(`There is no policy for ${role}.`);
  return found.resource;
};

/** One thing that somebody writes: a new resource, or a changed one. */
interface Write {
  readonly before?: object;
  readonly after: object;
}

function takes(role: string, { before, after }: Write): boolean {
  const policy = policyOf(role);
  const interaction = before ? 'update' : 'create';
  const found = satisfiedAccessPolicy(after as Resource, interaction, policy);
  if (!found || (before && !satisfiedAccessPolicy(before as Resource, interaction, policy)))
    return false;
  const [was, is] = [before ?? {}, after].map((one) => toTypedValue(one as Resource));
  if (!was || !is) return false;
  return (found.writeConstraint ?? []).every(
    ({ expression = '' }) =>
      evalFhirPathTyped(expression, [is], { '%before': was, '%after': is })[0]?.value === true,
  );
}

const BOSS = 'Practitioner/somebody-else';
const AT = '2026-11-22T10:00:00+01:00';
const id = 'urn:uuid:00000000-0000-4000-8000-000000000001';
const device = 'Device/d1';
const proposal: TransitionProposal = {
  ...{ id, device, from: 'suspended', to: 'active', reason: 'Fixed', proposedAt: AT },
  ...{ proposedBy: BOSS, scope: { units: [], clinicians: [] }, evidence: [], checklist: [] },
};
const asked = { ...toTransitionTask(proposal), id: 't1' };
const decidedBy = (by: string): Task =>
  decidedTask(asked, { status: 'in-force', by, at: AT, state: 'Observation/s1' });
const stateOf = (state: 'suspended' | 'active' | 'proposed') =>
  toModelState({ id, device, state, from: AT, by: ME, reason: 'Because', units: [] });

const incident = (status: Task['status']): Task => ({
  ...toIncidentTask(aReport(id), 'AdverseEvent/a1', 'DocumentReference/e1', {
    hideFromPatient: false,
  }),
  id: 'i1',
  status,
});
const work = { before: incident('requested'), after: incident('in-progress') };

const escalation: Task & { readonly id: string } = {
  ...toEscalation({
    ...{
      id,
      device,
      action: { words: 'Suspended', states: [] },
      by: 'Organization/monitor',
      at: 0,
    },
    finding: {
      ...{ key: 'sla seen breach', level: 'breach', title: 'Breach', words: 'Too few', model: 'm' },
      ...{ owner: ME, acknowledgeHours: 1, actHours: 2, action: 'suspend', quietMs: 1 },
    },
  }),
  id: 'e1',
};

const dataAsked = {
  ...toDataRequest({ id, device, quarter: '2026-Q3', purpose: 'Anew', by: BOSS, at: AT }),
  id: 'd1',
};
const dataDecided = (by: string) =>
  decidedRequest(dataAsked, { approved: true, words: 'Ethics 44/26', by, at: AT });

const judged = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: SYSTEM.feedbackItem, code: 'appropriateness-review' }] },
};

/** What each act writes; where two acts write alike, a server cannot tell them apart. */
const WRITES: Readonly<Partial<Record<Act, Write>>> = {
  suspend: { after: stateOf('suspended') },
  propose: { after: { ...asked, id: undefined, requester: { reference: ME } } },
  approve: { after: stateOf('active') },
  'plan-rollout': {
    after: {
      resourceType: 'Library',
      status: 'active',
      type: { coding: [{ system: SYSTEM.feedbackItem, code: 'rollout' }] },
    },
  },
  'acknowledge-incident': work,
  'contain-incident': work,
  'close-incident': { before: incident('in-progress'), after: incident('completed') },
  'reply-to-reporter': { after: { resourceType: 'Communication', status: 'completed' } },
  'answer-comment': {
    after: { resourceType: 'Task', status: 'completed', intent: 'plan', code: taskCode('comment') },
  },
  'plan-review': {
    after: toReviewPlan(
      { id, device, title: 'x', from: '2026-10-01', until: '2026-10-31', strata: [], drawn: [] },
      AT,
      ME,
    ),
  },
  review: { after: judged },
  'ask-for-data': { after: { ...dataAsked, id: undefined } },
  'answer-escalation': {
    before: escalation,
    after: withAnswer(escalation, { step: 'done', by: ME, at: AT, words: 'Threshold raised' }),
  },
};

/** Reading, and a write that looks like another: the page alone keeps these. */
const BY_THE_PAGE: readonly Act[] = ['recall', 'work-on-incident'];

describe('what the page allows to a role and what a Medplum server does', () => {
  it('is known for every act', () => {
    expect([...Object.keys(WRITES), ...BY_THE_PAGE].toSorted()).toEqual([...ACTS].toSorted());
  });

  it.each(
    ACTS.flatMap((act) => {
      const write = WRITES[act];
      return write ? ROLES.map((role): [Role, Act, Write] => [role, act, write]) : [];
    }),
  )('is one for %s and %s', (role, act, write) => {
    expect(takes(role, write)).toBe(may([role], act));
  });

  it.each<[string, Write, readonly string[]]>([
    [
      'an approval of what somebody else asked for',
      { before: asked, after: decidedBy(ME) },
      ['approver', 'committee'],
    ],
    ['an approval of one’s own', { before: asked, after: decidedBy(BOSS) }, []],
    [
      'an approval of something else than was asked for',
      { before: asked, after: { ...decidedBy(ME), focus: { reference: 'Device/other' } } },
      [],
    ],
    [
      'a withdrawal',
      { before: asked, after: decidedTask(asked, { status: 'withdrawn', by: BOSS, at: AT }) },
      ['owner'],
    ],
    [
      'another subject for a report that is being worked on',
      { ...work, after: { ...work.after, focus: { reference: 'AdverseEvent/other' } } },
      [],
    ],
    [
      'another matter for an escalation that was opened',
      { before: escalation, after: { ...escalation, focus: { reference: 'Device/other' } } },
      [],
    ],
    [
      'a version that is entered as proposed',
      { after: stateOf('proposed') },
      ['owner', 'approver', 'committee'],
    ],
    [
      'clocks of safety reports',
      { after: toClocksLibrary(['grave | acknowledged | 5 min'], AT, ME) },
      // A server cannot tell an owner’s plan from clocks: the page does.
      ['owner', 'committee', 'safety-officer'],
    ],
    [
      'a decision on labelled data that somebody else asked for',
      { before: dataAsked, after: dataDecided(ME) },
      ['approver', 'committee'],
    ],
    ['a decision on one’s own', { before: dataAsked, after: dataDecided(BOSS) }, []],
    [
      'an export that nobody approved',
      { before: dataAsked, after: exportedRequest(dataAsked, 'a1'.repeat(32), AT) },
      [],
    ],
    [
      'the export of what was approved',
      { before: dataDecided(ME), after: exportedRequest(dataDecided(ME), 'a1'.repeat(32), AT) },
      ['owner', 'researcher'],
    ],
    [
      'that a training was done',
      { after: { resourceType: 'Task', status: 'completed', code: taskCode('training') } },
      // An owner may write any Task.
      ['clinician', 'owner'],
    ],
    [
      'a second reading',
      { after: { resourceType: 'Task', status: 'completed', code: taskCode('review') } },
      ['reviewer', 'owner'],
    ],
    [
      'an audit record',
      { after: { resourceType: 'AuditEvent' } },
      ROLES.filter((role) => role !== 'researcher'),
    ],
    [
      'an audit record that is another now',
      { before: { resourceType: 'AuditEvent' }, after: { resourceType: 'AuditEvent' } },
      [],
    ],
  ])('%s is taken from those who may', (_what, write, roles) => {
    expect(ROLES.filter((role) => takes(role, write))).toEqual(roles);
  });

  it('a restricted name of a reporter is read by the safety officer alone', () => {
    const report = aReport(id, { confidential: true });
    const named = toReporter(report, 'AdverseEvent/1', { hideFromPatient: false });
    const reads = (one: Provenance) =>
      ROLES.filter((role) => satisfiedAccessPolicy(one as Resource, 'read', policyOf(role)));
    expect(reads(named)).toEqual(['safety-officer']);
    expect(reads({ ...named, meta: {} })).toContain('committee');
    // Whom a reply names, too; the reporter reads their own.
    const reply = { resourceType: 'Communication', recipient: [{ reference: BOSS }] };
    const readers = (one: object) =>
      ROLES.filter((role) => satisfiedAccessPolicy(one as Resource, 'read', policyOf(role)));
    expect(readers({ ...reply, meta: { security: [RESTRICTED] } })).toEqual(['safety-officer']);
    expect(readers(reply)).toContain('committee');
    const mine = { ...reply, meta: { security: [RESTRICTED] }, recipient: [{ reference: ME }] };
    expect(readers(mine)).toEqual(['clinician', 'safety-officer']);
  });

  it('nobody deletes anything, and nobody but a clinician touches an answer', () => {
    for (const { resource: policy } of entry)
      for (const { resourceType, criteria, interaction = [] } of policy?.resource ?? []) {
        expect(interaction, `${policy?.name} ${resourceType}`).not.toContain('delete');
        if (policy?.name !== 'clinician-feedback-clinician' && resourceType === 'Observation')
          expect([interaction.includes('update'), `${criteria}`]).toEqual([
            false,
            expect.not.stringContaining('|ai-feedback&'),
          ]);
      }
  });
});
