import { describe, expect, it } from 'vitest';
import { amend, knowing, retract, withdrawalWithout } from '#src/domain/outbox/collapse.ts';
import { anAnswer, queued, TAB } from '#tests/support/queued-answers.ts';

const withdrawal = anAnswer('w', { response: 'withdrawn', replaces: { id: 'a' } });

describe('a new answer', () => {
  const other = queued(anAnswer('x'), { phase: 'queued' });

  it('has nothing to do with what it does not replace', () => {
    const answer = anAnswer('b', { replaces: { id: 'a' } });
    expect(amend(answer, [other], TAB)).toEqual({ answer, remove: undefined, send: true });
    expect(retract(answer, [other], TAB)).toEqual({ answer, remove: undefined, send: true });
  });

  it('that replaces nothing leaves the queue as it is', () => {
    const answer = anAnswer('b');
    expect(amend(answer, [other], TAB)).toEqual({ answer, remove: undefined, send: true });
  });

  it('takes the place of one that never left, and is sent itself', () => {
    const first = queued(anAnswer('a'), { phase: 'queued' });
    const answer = anAnswer('b', { replaces: { id: 'a' } });
    expect(amend(answer, [other, first], TAB)).toEqual({
      answer: anAnswer('b'),
      remove: first,
      send: true,
    });
  });

  it('does not take the place of a retraction of the same name', () => {
    const retraction = queued(anAnswer('a'), { phase: 'queued', kind: 'retraction' });
    const answer = anAnswer('b', { replaces: { id: 'a' } });
    expect(amend(answer, [retraction], TAB).remove).toBeUndefined();
  });
});

describe('a retraction whose answer never arrived', () => {
  it('takes back what that answer was to replace', () => {
    const lost = queued(anAnswer('a', { replaces: { id: 'z', reference: 'Observation/z' } }));
    const item = queued(withdrawal, { kind: 'retraction', superseded: lost });
    expect(withdrawalWithout(item)).toEqual({
      ...withdrawal,
      replaces: { id: 'z', reference: 'Observation/z' },
    });
  });

  it('is filed as it is where that replaced nothing, or is not known', () => {
    const item = queued(withdrawal, { kind: 'retraction', superseded: queued(anAnswer('a')) });
    expect(withdrawalWithout(item)).toBe(withdrawal);
    expect(withdrawalWithout(queued(withdrawal))).toBe(withdrawal);
  });
});

describe('once the earlier answer is on the server', () => {
  const earlier = queued(anAnswer('a'));
  const later = queued(anAnswer('b', { replaces: { id: 'a' } }));

  it('the later one names its place, and stays what it was otherwise', () => {
    expect(knowing(later, earlier, 'Observation/1')).toEqual({
      ...later,
      answer: { ...later.answer, replaces: { id: 'a', reference: 'Observation/1' } },
    });
  });

  it.each([
    ['replaces another', queued(anAnswer('b', { replaces: { id: 'x' } }))],
    ['replaces none', queued(anAnswer('b'))],
    ['goes elsewhere', { ...later, sink: 'document-note' as const }],
    [
      'knows the place already',
      queued(anAnswer('b', { replaces: { id: 'a', reference: 'Observation/0' } })),
    ],
  ])('one that %s is not touched', (_what, item) => {
    expect(knowing(item, earlier, 'Observation/1')).toBe(item);
  });
});
