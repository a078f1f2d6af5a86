import { describe, expect, it } from 'vitest';
import type { Problem } from '#src/domain/simulate/simulation.ts';
import type { TableRow } from '#src/domain/tables/schema.ts';
import { errorOfLogOdds, followed, isFollowed, odds, play, share } from './play.ts';

type Decision = TableRow<'decisions'>;
type Score = TableRow<'scores'>;

/** Five standard errors of a share of so many rows, the least certain share there is. */
const near = (n: number): number => 2.5 / Math.sqrt(n);

const expectShare = (found: { readonly p: number; readonly n: number }, p: number): void => {
  expect(found.n).toBeGreaterThan(100);
  expect(Math.abs(found.p - p)).toBeLessThan(near(found.n));
};

/** Scores of an encounter's first inference, with what came of it. */
function judged(scores: readonly Score[], outcomes: readonly TableRow<'outcomes'>[]) {
  const labels = new Map(outcomes.map((row) => [`${row.encounter_id} ${row.outcome_code}`, row]));
  return scores
    .filter(({ score_id }) => !score_id.endsWith('-2'))
    .flatMap((row) => {
      const { label, critical } = labels.get(`${row.encounter_id} ${row.outcome_code}`) ?? {};
      return typeof label === 'boolean' ? [{ ...row, label, critical: critical === true }] : [];
    });
}

const inGroup = ({ group }: Problem, row: Decision): boolean => {
  const column = { age: 'age_band', race: 'race_ethnicity', language: 'language', payer: 'payer' };
  const found = Object.entries(column).find(([dimension]) => dimension === group?.dimension);
  return row[found?.[1] as 'payer'] === group?.value;
};

describe('what each scenario does, and only from its onset', () => {
  it('silent-death: a twenty-sixth less is shown each week', () => {
    const { before, after, problem } = play('silent-death', 3);
    const shown = new Set(after.exposures.map((row) => row.recommendation_id));
    const usual = new Set(before.exposures.map((row) => row.recommendation_id)).size;
    const start = usual / before.recommendations.length;
    expect(start).toBeGreaterThan(0.85);
    for (const weeks of [4, 8, 12]) {
      const from = Date.parse(problem.onset) + (weeks - 2) * 604_800_000;
      const rows = after.recommendations.filter(
        ({ fired_at }) => (fired_at ?? 0) >= from && (fired_at ?? 0) < from + 3 * 604_800_000,
      );
      const left = share(rows, (row) => shown.has(row.recommendation_id));
      expectShare(left, start * (1 - weeks / 26));
    }
  });

  it('low-value-alert: Wong’s sensitivity and alert rate, and nothing before it is in use', () => {
    const { before, after } = play('low-value-alert', 4);
    expect(before.scores).toEqual([]);
    const rows = judged(after.scores, after.outcomes);
    expectShare(
      share(rows, ({ fired }) => fired === true),
      0.1813,
    );
    expectShare(
      share(
        rows.filter(({ label }) => label),
        ({ fired }) => fired === true,
      ),
      0.3303,
    );
  });

  it('under-triage: 30 % of the critical stay below the threshold', () => {
    const { before, after } = play('under-triage', 5);
    const missed = ({ scores, outcomes }: typeof after) =>
      share(
        judged(scores, outcomes).filter(({ critical }) => critical),
        ({ fired }) => fired === false,
      );
    expectShare(missed(after), 0.3);
    expect(missed(before).p).toBeLessThan(0.08);
  });

  it('site-shift: right for 92 % where it was trained, for 67 % where it is new', () => {
    const { before, after, problem } = play('site-shift', 6);
    const right = (rows: readonly Score[], outcomes: typeof after.outcomes) =>
      share(judged(rows, outcomes), ({ fired, label }) => fired === label);
    const there = ({ site }: Score) => site === problem.site;
    expect(before.scores.filter(there)).toEqual([]);
    expectShare(right(before.scores, before.outcomes), 0.92);
    expectShare(right(after.scores.filter(there), after.outcomes), 0.67);
    expectShare(
      right(
        after.scores.filter((row) => !there(row)),
        after.outcomes,
      ),
      0.92,
    );
  });

  it('already-treated: 40 % are, and most overrides say so in one word', () => {
    const { before, after, problem } = play('already-treated', 7);
    const done = ({ recommendations, outcomes }: typeof after) => {
      const at = new Map(
        outcomes
          .filter(({ kind, rule }) => kind === 'action' && rule === 'antibiotic-given')
          .map((row) => [row.encounter_id, row.happened_at ?? 0]),
      );
      return share(
        recommendations.filter(({ repeat_for_patient }) => repeat_for_patient === 0),
        (row) => (at.get(row.encounter_id) ?? Infinity) <= (row.fired_at ?? 0),
      );
    };
    expectShare(done(after), 0.4);
    expect(done(before).p).toBeLessThan(0.08);
    const said = ({ decisions }: typeof after) =>
      share(
        decisions.filter((row) => row.response === 'overridden'),
        (row) => row.reason_code === problem.reason,
      );
    expect(said(after).p).toBeGreaterThan(0.45);
    expect(said(before).p).toBeLessThan(0.2);
  });

  it('alert-fatigue: the odds halve over 200 exposures, in people who start at different times', () => {
    const { before, after, problem } = play('alert-fatigue', 8);
    expect(before.scores).toEqual([]);
    const seen = new Map(after.exposures.map((row) => [row.exposure_id, row.exposures_to_date]));
    const between = (low: number, high: number) =>
      after.decisions.filter((row) => {
        const earlier = seen.get(row.exposure_id ?? '') ?? -1;
        return earlier >= low && earlier < high;
      });
    const [fresh, tired] = [followed(between(0, 40)), followed(between(180, 260))];
    const expected = Math.log(0.5 ** ((220 - 20) / 200));
    const found = Math.log(odds(tired) / odds(fresh));
    expect(Math.abs(found - expected)).toBeLessThan(4 * errorOfLogOdds(fresh, tired) + 0.15);
    const firsts = Map.groupBy(after.exposures, (row) => row.clinician_id);
    const starts = [...firsts.values()].map((rows) =>
      Math.min(...rows.map(({ displayed_at }) => displayed_at ?? Infinity)),
    );
    const weeks = starts.map((at) => Math.floor((at - Date.parse(problem.onset)) / 604_800_000));
    expect(new Set(weeks).size).toBeGreaterThan(1);
  });

  it('version-regression: 15 points less is followed, all of it of the new version', () => {
    const { before, after, problem } = play('version-regression', 9);
    const versions = (rows: readonly Decision[]) => new Set(rows.map((row) => row.model_version));
    expect(versions(after.decisions)).toEqual(new Set([problem.model_version]));
    expect(versions(before.decisions)).not.toContain(problem.model_version);
    const [was, is] = [followed(before.decisions), followed(after.decisions)];
    expect(Math.abs(was.p - is.p - 0.15)).toBeLessThan(near(Math.min(was.n, is.n)));
  });

  it('rubber-stamping: a third accept over 98 % in under 3 s, nobody before', () => {
    const { before, after, problem } = play('rubber-stamping', 12);
    const often = ({ decisions }: typeof after) =>
      [...Map.groupBy(decisions, (row) => row.clinician_id).values()].filter(
        (own) => own.length >= 15,
      );
    const isHurried = (own: readonly Decision[]): boolean => {
      const times = own.map(({ dwell_ms }) => dwell_ms ?? 0).toSorted((a, b) => a - b);
      const quick = (times[Math.floor(own.length / 2)] ?? Infinity) < 3_000;
      return quick && share(own, isFollowed).p > 0.98;
    };
    const { hurried = 0, clinicians = 0 } = problem.drawn;
    expect(hurried / clinicians).toBeCloseTo(1 / 3, 1);
    expect(often(before).filter(isHurried)).toEqual([]);
    const found = share(often(after), isHurried);
    expect(found.n).toBeGreaterThan(20);
    expect(found.p).toBeGreaterThan(0.2);
    expect(found.p).toBeLessThan(0.45);
  });

  it('response-inequity: followed 0.8 times as often in a fifth', () => {
    const { before, after, problem } = play('response-inequity', 13);
    const ratio = (rows: readonly Decision[]) => {
      const group = followed(rows.filter((row) => inGroup(problem, row)));
      const others = followed(rows.filter((row) => !inGroup(problem, row)));
      expect(group.n / rows.length).toBeCloseTo(0.2, 1.2);
      return { value: group.p / others.p, error: Math.sqrt((1 - group.p) / (group.n * group.p)) };
    };
    const [was, is] = [ratio(before.decisions), ratio(after.decisions)];
    expect(Math.abs(is.value - 0.8)).toBeLessThan(4 * is.error);
    expect(Math.abs(was.value - 1)).toBeLessThan(4 * was.error);
    expect(is.value).toBeLessThan(0.9);
  });

  it('outlier-unit: the odds of one unit are 0.4 times its own, those of the others what they were', () => {
    const { before, after, problem } = play('outlier-unit', 14);
    const ratio = (wanted: (row: Decision) => boolean) => {
      const [was, is] = [before, after].map(({ decisions }) => followed(decisions.filter(wanted)));
      if (!was || !is) throw new Error('two shares');
      return { log: Math.log(odds(is) / odds(was)), error: errorOfLogOdds(was, is) };
    };
    const outlier = ratio(({ unit }) => unit === problem.unit);
    const others = ratio(({ unit }) => unit !== problem.unit);
    expect(Math.abs(outlier.log - Math.log(0.4))).toBeLessThan(4 * outlier.error);
    expect(outlier.log).toBeLessThan(-0.3);
    expect(Math.abs(others.log)).toBeLessThan(4 * others.error + 0.05);
  });
});
