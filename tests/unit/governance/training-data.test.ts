import { describe, expect, it } from 'vitest';
import {
  decidingProblem,
  isManifestHash,
  pastQuarters,
} from '#src/domain/governance/feedback/training-data.ts';
import {
  decidedRequest,
  exportedRequest,
  readDataRequest,
  toDataRequest,
} from '#src/fhir/governance/training-data.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const SERVER = 'https://registry.example.org/fhir';
const ASKED = {
  ...{ id: 'urn:uuid:0f5e7a3c-9a51-4d7e-8c66-0a4c8a1d2b11', device: 'Device/m1' },
  ...{ quarter: '2026-Q3', purpose: 'Recalibration', by: 'Practitioner/owner' },
  at: '2026-10-05T10:00:00+02:00',
};
const HASH = 'a1'.repeat(32);

describe('labelled data for training anew', () => {
  it('is of quarters that are over', () => {
    expect(pastQuarters(Date.parse('2026-11-23T00:00:00Z'), 4)).toEqual([
      '2026-Q3',
      '2026-Q2',
      '2026-Q1',
      '2025-Q4',
    ]);
    expect(pastQuarters(Date.parse('2027-01-01T00:00:00Z'), 1)).toEqual(['2026-Q4']);
  });

  it('is decided by another person, once', () => {
    const open = { status: 'requested', by: 'Practitioner/owner' } as const;
    expect(decidingProblem(open, ['Practitioner/approver'])).toBeUndefined();
    expect(decidingProblem(open, ['Practitioner/owner', 'https://x/Practitioner/owner'])).toContain(
      'somebody else',
    );
    expect(decidingProblem({ ...open, status: 'approved' }, ['Practitioner/a'])).toContain(
      'decided',
    );
    expect(decidingProblem(open, [])).toBeDefined();
  });

  it('says who asked, who approved, and which export it was', () => {
    const asked = { ...toDataRequest(ASKED), id: 't1' };
    const at = '2026-10-06T10:00:00+02:00';
    const approved = decidedRequest(asked, {
      ...{ approved: true, words: 'Ethics 44/26', by: 'Practitioner/approver', at },
    });
    const exported = exportedRequest(approved, HASH, at);
    for (const task of [asked, approved, exported]) expectValid(task);
    const { id, ...rest } = ASKED;
    expect(readDataRequest(exported, SERVER)).toEqual({
      ...{ id, task: 'Task/t1', ...rest, status: 'exported' },
      ...{ decidedBy: 'Practitioner/approver', decision: 'Ethics 44/26', manifest: HASH },
    });
    const declined = decidedRequest(asked, {
      ...{ approved: false, words: 'No', by: 'Practitioner/approver', at },
    });
    expect(readDataRequest(declined, SERVER)?.status).toBe('declined');
    expect(readDataRequest(exportedRequest(approved, 'mine', at), SERVER)?.manifest).toBe(
      undefined,
    );
  });

  it('takes a SHA-256 and nothing like one', () => {
    expect(isManifestHash(HASH)).toBe(true);
    for (const one of [HASH.slice(1), `${HASH}0`, HASH.toUpperCase(), `${HASH}\n`, 'g'.repeat(64)])
      expect(isManifestHash(one), one).toBe(false);
  });
});
