import { describe, expect, it } from 'vitest';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import {
  drawSample,
  MOST_DRAWN,
  NO_REASON,
  overridesByStratum,
  type SamplingPlan,
} from '#src/domain/governance/feedback/sampling.ts';
import {
  estimateOf,
  type GivenReview,
  mayReadSecond,
  mayReview,
  progressOf,
} from '#src/domain/governance/feedback/second-reader.ts';
import {
  readReview,
  readSecondReading,
  toReview,
  toSecondReading,
} from '#src/fhir/governance/review.fhir.ts';
import { readReviewPlan, toReviewPlan } from '#src/fhir/governance/review-plan.fhir.ts';
import { toReviewRows } from '#src/fhir/tables/review-rows.fhir.ts';
import { prepareContext } from '#src/fhir/tables/table-context.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { id, leanAnswer, reason } from '../fhir-feedback/answers.ts';

const SERVER = 'https://registry.example.org/fhir';
const SEED = id(900);

const override = (n: number, ...codes: readonly string[]): StoredAnswer => ({
  ref: { server: SERVER, type: 'Observation', id: `o${n}` },
  status: 'final',
  answer: {
    ...leanAnswer,
    id: id(n),
    response: 'overridden',
    reasons: codes.map(reason),
    performer: { reference: 'Practitioner/d1' },
  },
});

const many = (from: number, count: number, ...codes: readonly string[]) =>
  Array.from({ length: count }, (_, at) => override(from + at, ...codes));

describe('a sample of overrides', () => {
  it('has a stratum for each route, and one for those without a reason', () => {
    const accepted = { ...override(4), answer: { ...leanAnswer, id: id(4) } };
    const back = { ...override(5, 'patient-refuses'), status: 'entered-in-error' as const };
    const strata = overridesByStratum([
      override(1, 'patient-ineligible', 'limited-time'),
      override(2),
      override(3, 'expert-contradicts'),
      accepted,
      back,
    ]);
    expect([...strata].map(([name, all]) => [name, all.length])).toEqual([
      ['model-owner', 1],
      [NO_REASON, 1],
      ['review-queue', 1],
    ]);
  });

  it('is the same for the same seed, in whatever order answers come, and another for another', () => {
    const all = many(1, 60, 'expert-contradicts');
    const drawn = (stored: readonly StoredAnswer[], seed: string) =>
      drawSample(overridesByStratum(stored), { seed, share: 0.1, least: 2 })
        .drawn.map(({ answer }) => answer)
        .toSorted();
    expect(drawn(all, SEED)).toHaveLength(6);
    expect(drawn(all.toReversed(), SEED)).toEqual(drawn(all, SEED));
    expect(drawn(all, id(901))).not.toEqual(drawn(all, SEED));
  });

  it('weighs each case by what was really drawn', () => {
    const strata = overridesByStratum([
      ...many(1, 25, 'expert-contradicts'),
      ...many(100, 3, 'patient-ineligible'),
      override(200, 'action-completed'),
    ]);
    const { strata: sizes, drawn } = drawSample(strata, { seed: SEED, share: 0.1, least: 2 });
    expect(sizes).toEqual([
      { stratum: 'model-owner', population: 3, drawn: 2 },
      { stratum: 'review-queue', population: 25, drawn: 3 },
      { stratum: 'trigger-logic', population: 1, drawn: 1 },
    ]);
    const fractions = new Set(drawn.map(({ stratum, fraction }) => `${stratum} ${fraction}`));
    expect(fractions).toEqual(
      new Set([`model-owner ${2 / 3}`, 'review-queue 0.12', 'trigger-logic 1']),
    );
  });

  it('is never more than a list that is read back', () => {
    const strata = overridesByStratum(many(1, MOST_DRAWN + 40, 'expert-contradicts'));
    expect(drawSample(strata, { seed: SEED, share: 1, least: 2 }).drawn).toHaveLength(MOST_DRAWN);
  });
});

const all = many(1, 40, 'expert-contradicts');
const PLAN: SamplingPlan = {
  ...{ id: SEED, device: 'Device/m1', title: 'Sepsis', from: '2026-10-01', until: '2026-10-31' },
  ...drawSample(overridesByStratum(all), { seed: SEED, share: 0.5, least: 2 }),
};

const given = (answer: string, by: string, change: Partial<GivenReview> = {}): GivenReview => ({
  ...{ answer, by, judgement: 'appropriate', at: '2026-11-03T10:00:00Z' },
  ...change,
});

describe('two reviewers', () => {
  const one = { answer: id(1), clinician: 'Practitioner/d1' };
  it.each<[string, readonly GivenReview[], readonly string[], boolean]>([
    ['a first', [], ['Practitioner/r1'], true],
    ['a second', [given(id(1), 'Practitioner/r2')], ['Practitioner/r1'], true],
    ['the same twice', [given(id(1), 'Practitioner/r1')], ['Practitioner/r1'], false],
    [
      'a third',
      [given(id(1), 'Practitioner/r2'), given(id(1), 'Practitioner/r3')],
      ['Practitioner/r1'],
      false,
    ],
    ['who gave the answer', [], ['Practitioner/d1', `${SERVER}/Practitioner/d1`], false],
    ['nobody who can be named', [], [], false],
  ])('%s', (_what, before, names, may) => {
    expect(mayReview(one, before, names)).toBe(may);
  });

  it('give progress, agreement and a share of all overrides; the first judgement counts', () => {
    // 20 drawn of 40. First: 15 right, 5 wrong; the second agrees on all but one.
    const answers = PLAN.drawn.map(({ answer }) => answer);
    const reviews = answers.flatMap((answer, at) => [
      given(answer, 'Practitioner/r1', { judgement: at < 15 ? 'appropriate' : 'inappropriate' }),
      given(answer, 'Practitioner/r2', {
        judgement: at < 14 ? 'appropriate' : 'inappropriate',
        at: '2026-11-04T10:00:00Z',
      }),
      // Somebody who pressed twice has judged once.
      given(answer, 'Practitioner/r1', { judgement: 'undecided', at: '2026-11-05T10:00:00Z' }),
    ]);
    expect(progressOf(PLAN, reviews)).toEqual({ drawn: 20, once: 20, twice: 20 });
    const figures = new Map(estimateOf(PLAN, reviews).map((each) => [each.name, each]));
    expect(figures.get('appropriate, weighted to all overrides')?.value).toBeCloseTo(0.75, 12);
    // p_o = 19/20; p_e = (15·14 + 5·6)/400 = 0.6; kappa = 0.35/0.4.
    expect(figures.get('kappa of two reviewers')?.value).toBeCloseTo(0.875, 12);
    const few = estimateOf(PLAN, reviews.slice(0, 6));
    expect(few.find(({ name }) => name.startsWith('kappa'))?.value).toBeUndefined();
  });
});

describe('what is put on record', () => {
  const [drawn] = PLAN.drawn;
  const about = all.find(({ answer }) => answer.id === drawn?.answer);
  if (!drawn || !about) throw new Error('Something was drawn.');
  const draft = {
    ...({
      id: id(500),
      drawn,
      about,
      judgement: 'inappropriate',
      words: 'A lactate of 4',
    } as const),
    ...{ harm: true, by: 'Practitioner/r1', at: '2026-11-03T10:00:00+00:00' },
  };

  it('a plan is read whole or not at all', () => {
    const library = toReviewPlan(PLAN, '2026-11-02T10:00:00+00:00', 'Practitioner/owner');
    expectValid(library);
    expect(readReviewPlan(library)).toEqual(PLAN);
    const broken = { ...PLAN, drawn: [{ ...drawn, fraction: 1.2 }] };
    const stored = toReviewPlan(broken, '2026-11-02T10:00:00+00:00', 'Practitioner/owner');
    expect(readReviewPlan(stored)).toBeUndefined();
  });

  it('a judgement is the row that figures and exports are made of', () => {
    const resource = { ...toReview(draft, SERVER), id: 'v1' };
    expectValid(resource);
    expect(readReview(resource, SERVER)).toEqual({
      ...{ answer: about.answer.id, by: draft.by, judgement: 'inappropriate', harm: true },
      at: draft.at,
    });
    const source = { iss: SERVER, aiDevices: [], probabilityScales: [] };
    const context = prepareContext({ server: SERVER, sink: 'hospital-store', source, known: [] });
    const [row] = toReviewRows(resource, context).map((each) => each.row);
    expect(row).toMatchObject({
      ...{ review_id: id(500), decision_id: about.answer.id, judgement: 'inappropriate' },
      ...{ harm: true, stratum: 'review-queue', sampling_fraction: 0.5, blinded: false },
    });
    const [blind] = toReviewRows(
      { ...toReview({ ...draft, harm: undefined }, SERVER), id: 'v2' },
      context,
    ).map((each) => each.row);
    expect(blind).toMatchObject({ harm: null, blinded: true });
  });

  it('a second reading names who called it unsafe and who looked', () => {
    const { drawn: _drawn, judgement: _judgement, harm: _harm, ...rest } = draft;
    const task = { ...toSecondReading({ ...rest, finding: 'unsafe-confirmed' }, SERVER), id: 't1' };
    expectValid(task);
    expect([task.requester?.reference, task.owner?.reference]).toEqual([
      'Practitioner/d1',
      'Practitioner/r1',
    ]);
    expect(readSecondReading(task, SERVER)).toEqual({
      ...{ answer: about.answer.id, finding: 'unsafe-confirmed', by: 'Practitioner/r1' },
      ...{ words: draft.words, at: draft.at },
    });
    expect(readSecondReading({ ...task, status: 'cancelled' }, SERVER)).toBeUndefined();
    expect(mayReadSecond('Practitioner/d1', ['Practitioner/d1'])).toBe(false);
    expect(mayReadSecond('Practitioner/d1', ['Practitioner/r1'])).toBe(true);
  });
});
