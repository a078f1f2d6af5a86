// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { tabDraftStore, tabWaitingStore } from '#src/io/tab-store.ts';
import { anAnswer, queued } from '#tests/support/queued-answers.ts';
import { makeDeps } from '#tests/unit/state/deps.ts';

const session = (change: object = {}) => makeDeps({ session: change }).deps.session;
const OTHERS = [
  { issuer: 'https://other.example.org/fhir' },
  { patientId: 'p2' },
  { performer: 'Practitioner/other' },
];

beforeEach(() => sessionStorage.clear());

describe('what this tab keeps over a sign-in', () => {
  it('is there for a new launch of the same user and patient', () => {
    tabWaitingStore(session()).save([queued(anAnswer('a'))]);
    tabDraftStore(session()).save('r1', { comment: 'Half a thought' });
    const again = session({ launchId: 'launch-2' });
    expect(tabWaitingStore(again).load()).toEqual([queued(anAnswer('a'))]);
    expect(tabDraftStore(again).all()).toEqual({ r1: { comment: 'Half a thought' } });
  });

  it.each(OTHERS)('is nothing to %o', (other) => {
    tabWaitingStore(session()).save([queued(anAnswer('a'))]);
    tabDraftStore(session()).save('r1', { comment: 'Half a thought' });
    expect(tabWaitingStore(session(other)).load()).toEqual([]);
    expect(tabDraftStore(session(other)).all()).toEqual({});
  });

  it('is gone from storage once it is sent or dropped', () => {
    const pending = tabWaitingStore(session());
    const drafts = tabDraftStore(session());
    pending.save([queued(anAnswer('a'))]);
    drafts.save('r1', { comment: 'x' });
    drafts.save('r2', { comment: 'y' });
    drafts.save('r1', undefined);
    expect(drafts.all()).toEqual({ r2: { comment: 'y' } });
    drafts.save('r2', undefined);
    pending.save([]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('stays in the tab: never in localStorage', () => {
    tabWaitingStore(session()).save([queued(anAnswer('a'))]);
    tabDraftStore(session()).save('r1', { comment: 'x' });
    expect(localStorage).toHaveLength(0);
  });
});
