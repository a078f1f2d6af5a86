import { describe, expect, test } from 'vitest';
import { answerChains, answerHistories } from '#src/domain/answer-chain.ts';
import type { Answer, StoredAnswer } from '#src/domain/feedback.ts';
import { ISSUER, id, leanAnswer, STORE, stored } from './answers.ts';

const given = (n: number, minute: number, more: Partial<Answer> = {}): Answer => ({
  ...leanAnswer,
  id: id(n),
  answeredAt: `2026-10-02T10:${String(minute).padStart(2, '0')}:00Z`,
  ...more,
});
const replacing = (n: number) => ({ replaces: { id: id(n) } });
const at = (server: string, name: string) => ({ ref: { server, type: 'Observation', id: name } });
const idsOf = (answers: readonly StoredAnswer[]) =>
  answers.map(({ answer }) => Number(answer.id.slice(-12)));
const bothWays = <T>(all: readonly T[]) => [all, all.toReversed()];

describe('the order of answers', () => {
  test('is their time, not their identifier; which decides only at the same time', () => {
    for (const all of bothWays([
      stored(given(9, 1), 9),
      stored(given(1, 2, replacing(9)), 1),
      stored(given(2, 2, replacing(1)), 2),
    ])) {
      expect(idsOf(answerChains(all)[0]?.answers ?? [])).toEqual([9, 1, 2]);
    }
  });

  test('of chains is that of their first answers', () => {
    for (const all of bothWays([stored(given(9, 1), 9), stored(given(1, 2), 1)])) {
      expect(answerChains(all).flatMap(({ answers }) => idsOf(answers))).toEqual([9, 1]);
    }
  });
});

describe('which copy is kept', () => {
  test('one that is valid, however much a retracted one says', () => {
    const retracted = stored(given(1, 1, { comment: 'much, much more' }), 1, {
      status: 'entered-in-error',
    });
    for (const all of bothWays([retracted, stored(given(1, 1), 11)])) {
      expect(answerChains(all)[0]?.current?.ref.id).toBe('o11');
    }
  });

  test('among equals the same one, whichever came first', () => {
    for (const all of bothWays([stored(given(1, 1), 1), stored(given(1, 1), 2)])) {
      expect(answerChains(all)[0]?.current?.ref.id).toBe('o1');
    }
  });

  test('a second one on the same server is surplus, though another server holds one too', () => {
    const [chain] = answerChains([
      stored(given(1, 1, { comment: 'the fullest' }), 1, at(STORE, 'h1')),
      stored(given(1, 1), 1, at(ISSUER, 'o1')),
      stored(given(1, 1), 1, at(ISSUER, 'o2')),
    ]);
    expect(chain?.surplus.map(({ ref }) => ref.id)).toEqual(['o2']);
  });
});

describe('a chain that is not whole', () => {
  test('says so where any of its answers names one that is not there', () => {
    const [chain] = answerChains([
      stored(given(2, 2, replacing(1)), 2),
      stored(given(3, 3, replacing(2)), 3),
    ]);
    expect(chain?.incomplete).toBe(true);
  });

  test('says so where any of its answers was replaced by one that cannot be read', () => {
    const [chain] = answerChains(
      [stored(given(1, 1), 1), stored(given(2, 2, replacing(1)), 2)],
      [{ replaces: { id: id(2) }, server: ISSUER }],
    );
    expect(chain).toMatchObject({ incomplete: true, state: 'retracted' });
  });

  test('an answer that replaces itself names nothing that is there', () => {
    expect(answerChains([stored(given(1, 1, replacing(1)), 1)])[0]?.incomplete).toBe(true);
  });
});

test('one forked chain is a conflict, though a colleague’s is not', () => {
  const by = (reference: string) => ({ performer: { reference } });
  const [history] = answerHistories([
    stored(given(1, 1), 1),
    stored(given(2, 2, { ...replacing(1), ...by('Practitioner/a') }), 2),
    stored(given(3, 3, { ...replacing(1), ...by('Practitioner/b') }), 3),
    stored(given(4, 4, by('Practitioner/c')), 4),
  ]).values();
  expect(history).toMatchObject({ conflict: true });
});
