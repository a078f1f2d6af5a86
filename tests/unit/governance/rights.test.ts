import { describe, expect, it } from 'vitest';
import { ACTS, type Act, may, ROLES, type Role, rolesOf } from '#src/domain/governance/rights.ts';

/** Written out a second time, by hand: a right that is added or lost has to be meant. */
const ALLOWED: Readonly<Record<Act, readonly Role[]>> = {
  suspend: ['owner', 'approver', 'committee', 'safety-officer'],
  propose: ['owner'],
  approve: ['approver', 'committee'],
  'plan-rollout': ['owner'],
  recall: ['owner', 'approver', 'committee', 'safety-officer'],
  'acknowledge-incident': ['owner', 'committee', 'safety-officer'],
  'contain-incident': ['owner', 'committee', 'safety-officer'],
  'work-on-incident': ['owner', 'safety-officer'],
  'close-incident': ['committee', 'safety-officer'],
  'reply-to-reporter': ['owner', 'committee', 'safety-officer'],
  'answer-comment': ['owner', 'committee'],
  'answer-escalation': ['owner', 'committee'],
  'plan-review': ['owner', 'committee'],
  review: ['reviewer'],
  'ask-for-data': ['owner', 'researcher'],
};

describe('rights', () => {
  it.each(ACTS)('%s is for those roles, and refused to all others', (act) => {
    for (const role of ROLES) expect(may([role], act), role).toBe(ALLOWED[act].includes(role));
    expect(may([], act)).toBe(false);
  });

  it('two roles may do what either may', () => {
    expect(may(['clinician', 'owner'], 'propose')).toBe(true);
    expect(may(['clinician', 'reviewer'], 'propose')).toBe(false);
  });

  it('a site without roles leaves it to the server', () => {
    expect(rolesOf(undefined, ['Practitioner/a'])).toBeUndefined();
    for (const act of ACTS) expect(may(undefined, act)).toBe(true);
  });

  it('who is not listed has no role, and so no right', () => {
    const book = { owner: ['Practitioner/a'], approver: ['https://ehr.example/Practitioner/b'] };
    expect(rolesOf(book, ['Practitioner/x'])).toEqual([]);
    expect(rolesOf(book, ['Practitioner/a'])).toEqual(['owner']);
    expect(rolesOf(book, ['Practitioner/b', 'https://ehr.example/Practitioner/b'])).toEqual([
      'approver',
    ]);
    expect(rolesOf(book, [])).toEqual([]);
  });
});
