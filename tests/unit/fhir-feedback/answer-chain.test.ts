import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerChains, answerHistories } from '#src/domain/answer-chain.ts';
import type { Answer, ResponseCode, StoredAnswer } from '#src/domain/feedback.ts';
import { ISSUER, id, leanAnswer, STORE, stored } from './answers.ts';

interface Given {
  readonly replaces?: number;
  readonly response?: ResponseCode;
  readonly by?: string;
  readonly recommendation?: Answer['recommendation'];
}

/** Answer number n, given at minute n. */
const answer = (
  n: number,
  { replaces, response = 'overridden', by, recommendation }: Given = {},
): Answer => ({
  ...leanAnswer,
  id: id(n),
  response,
  answeredAt: `2026-10-02T10:${String(n % 60).padStart(2, '0')}:00Z`,
  performer: { reference: by ?? 'Practitioner/d1' },
  recommendation: recommendation ?? leanAnswer.recommendation,
  ...(replaces !== undefined && {
    replaces: { id: id(replaces), reference: `Observation/o${replaces}` },
  }),
});

const put = (n: number, given: Given = {}, more: Partial<StoredAnswer> = {}) =>
  stored(answer(n, given), n, more);

const ids = (answers: readonly StoredAnswer[]) =>
  answers.map((each) => Number(each.answer.id.slice(-12)));

const one = (...given: StoredAnswer[]) => {
  const chains = answerChains(given);
  expect(chains).toHaveLength(1);
  const [chain] = chains;
  if (!chain) throw new Error('There is no chain.');
  return chain;
};

describe('a chain', () => {
  test('of one answer has it as its current one', () => {
    const chain = one(put(1));
    expect(chain).toMatchObject({ state: 'answered', surplus: [], incomplete: false });
    expect(chain.current?.answer.id).toBe(id(1));
  });

  test('is the same whatever the order of arrival', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([put(1), put(2, { replaces: 1 }), put(3, { replaces: 2 })], {
          minLength: 3,
        }),
        (given) => {
          const chain = one(...given);
          expect(ids(chain.answers)).toEqual([1, 2, 3]);
          expect(ids(chain.heads)).toEqual([3]);
        },
      ),
    );
  });

  test('links by reference where the identifier is not known', () => {
    const later = { ...answer(2), replaces: { id: 'Observation/o1', reference: 'Observation/o1' } };
    expect(ids(one(put(1), stored(later, 2)).heads)).toEqual([2]);
  });

  test('links to a surplus copy as to the answer itself', () => {
    const copy = stored(answer(1), 11);
    const later = { ...answer(2), replaces: { id: 'unknown', reference: 'Observation/o11' } };
    expect(ids(one(put(1), copy, stored(later, 2)).heads)).toEqual([2]);
  });

  test('with two heads is a conflict and has no current answer', () => {
    const chain = one(put(1), put(2, { replaces: 1 }), put(3, { replaces: 1 }));
    expect(chain).toMatchObject({ state: 'conflict', current: undefined });
    expect(ids(chain.heads)).toEqual([2, 3]);
  });

  test('whose conflict was settled by retracting one head is answered', () => {
    const retracted = put(2, { replaces: 1 }, { status: 'entered-in-error' });
    expect(one(put(1), retracted, put(3, { replaces: 1 })).current?.answer.id).toBe(id(3));
  });

  test.each([
    ['marked entered in error', [put(1, {}, { status: 'entered-in-error' })]],
    ['withdrawn', [put(1), put(2, { replaces: 1, response: 'withdrawn' })]],
    ['amended, then marked', [put(1), put(2, { replaces: 1 }, { status: 'entered-in-error' })]],
    [
      'amended, then withdrawn',
      [put(1), put(2, { replaces: 1 }), put(3, { replaces: 2, response: 'withdrawn' })],
    ],
  ])('that was %s has no current answer', (_, given) => {
    expect(one(...given)).toMatchObject({ state: 'retracted', current: undefined, heads: [] });
  });

  test('whose withdrawal was itself replaced is answered again', () => {
    const chain = one(
      put(1),
      put(2, { replaces: 1, response: 'withdrawn' }),
      put(3, { replaces: 2 }),
    );
    expect(ids(chain.heads)).toEqual([3]);
  });

  test('whose beginning is missing says so', () => {
    expect(one(put(2, { replaces: 1 }))).toMatchObject({ state: 'answered', incomplete: true });
  });

  test.each([
    ['itself', [put(1, { replaces: 1 })], [1]],
    ['each other', [put(1, { replaces: 2 }), put(2, { replaces: 1 })], [2]],
    [
      'one another in a ring',
      [put(1, { replaces: 3 }), put(2, { replaces: 1 }), put(3, { replaces: 2 })],
      [3],
    ],
  ])('that replaces %s ends, with the last answer as its head', (_, given, heads) => {
    expect(ids(one(...given).heads)).toEqual(heads);
  });
});

describe('copies', () => {
  test('with the same identifier count once, the others are surplus', () => {
    const chain = one(put(1), stored(answer(1), 11), stored(answer(1), 12));
    expect(ids(chain.answers)).toEqual([1]);
    expect(chain.surplus.map(({ ref }) => ref.id)).toEqual(['o11', 'o12']);
  });

  test('that were reconciled are no surplus and retract nothing', () => {
    const chain = one(put(1, {}, { status: 'entered-in-error' }), stored(answer(1), 11));
    expect(chain).toMatchObject({ state: 'answered', surplus: [] });
  });

  test('on another server are the same answer, the fuller one is shown, none is surplus', () => {
    const hospital = {
      ...stored({ ...answer(1), usefulness: 5 }, 1),
      ref: { server: STORE, type: 'Observation', id: 'h1' },
    };
    const chain = one(put(1), hospital);
    expect(chain.current?.ref.server).toBe(STORE);
    expect(chain.surplus).toEqual([]);
  });

  test('of the same resource from two searches are no copies', () => {
    expect(one(put(1), put(1)).surplus).toEqual([]);
  });
});

test('an answer that an unreadable one replaces no longer counts', () => {
  const [chain] = answerChains([put(1)], [{ replaces: { id: id(1) }, server: ISSUER }]);
  expect(chain).toMatchObject({ state: 'retracted', current: undefined, incomplete: true });
});

test('any links whatever give chains that hold each answer once', () => {
  const link = fc.option(fc.nat({ max: 12 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(link, { maxLength: 12 }), (links) => {
      const given = links.map((replaces, n) => put(n, replaces === undefined ? {} : { replaces }));
      const chains = answerChains(given);
      expect(chains.flatMap(({ answers }) => ids(answers)).toSorted((a, b) => a - b)).toEqual(
        links.map((_, n) => n),
      );
      for (const chain of chains) expect(chain.heads.length).toBeGreaterThan(0);
    }),
  );
});

describe('the history of a recommendation', () => {
  const other = { ref: { server: ISSUER, type: 'RiskAssessment', id: 'r9' } };
  const history = (...given: StoredAnswer[]) =>
    answerHistories(given).get(`${ISSUER}/DetectedIssue/d1`);

  test('keeps recommendations apart, by absolute reference', () => {
    const all = answerHistories([put(1), put(2, { recommendation: other })]);
    expect([...all.keys()]).toEqual([`${ISSUER}/DetectedIssue/d1`, `${ISSUER}/RiskAssessment/r9`]);
  });

  test('of two clinicians who disagree is no conflict, but a disagreement', () => {
    const found = history(put(1, { response: 'accepted' }), put(2, { by: 'Practitioner/d2' }));
    expect(found).toMatchObject({ conflict: false, disagreement: true });
    expect(ids(found?.heads ?? [])).toEqual([2, 1]);
  });

  test('of one clinician who answered twice without replacing is a conflict', () => {
    expect(history(put(1), put(2))).toMatchObject({ conflict: true, disagreement: false });
  });

  test('of one clinician who answered two versions is none', () => {
    const version = (v: string) => ({
      recommendation: { ...leanAnswer.recommendation, version: v },
    });
    expect(history(put(1, version('1')), put(2, version('2')))).toMatchObject({ conflict: false });
  });

  test('with a forked chain is a conflict', () => {
    expect(
      history(put(1), put(2, { replaces: 1 }), put(3, { replaces: 1, by: 'Practitioner/d2' })),
    ).toMatchObject({ conflict: true });
  });
});
