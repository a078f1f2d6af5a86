import { describe, expect, it } from 'vitest';
import { adoption } from '#src/domain/metrics/adoption.ts';
import { aroundChanges, changesOf } from '#src/domain/metrics/around-changes.ts';
import { versionComparison } from '#src/domain/metrics/comparison.ts';
import { collect } from '#src/domain/metrics/counts.ts';
import { equity } from '#src/domain/metrics/equity.ts';
import { fatigue } from '#src/domain/metrics/fatigue.ts';
import { reasons } from '#src/domain/metrics/reasons.ts';
import { responseTime } from '#src/domain/metrics/response-time.ts';
import { clinicianVariation, placed, unitVariation } from '#src/domain/metrics/variation.ts';
import { aroundChange, weekly } from '#src/domain/metrics/weekly.ts';
import { CHANGES } from '#src/domain/tables/changes.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { figuresOf, fraction, presentation, presentations } from './rows.ts';

/** Answers in a fixed round of ten: 4 accepted, 1 with changes, 2 overridden, 1 deferred, 2 silent. */
const ROUND = [
  'accepted',
  'accepted',
  'accepted',
  'accepted',
  'accepted-modified',
  'overridden',
  'overridden',
  'deferred',
  null,
  null,
] as const;
const round = (i: number) => ROUND[i % ROUND.length] ?? null;
const clinician = (i: number) => `c${Math.floor(i / 10) % 12}`;

describe('adoption', () => {
  const rows = presentations(240, (i) => ({ response: round(i), clinician_id: clinician(i) }));
  const figure = figuresOf(adoption, rows);

  it.each([
    ['acceptance of decided', 120, 168],
    ['acceptance of displayed', 120, 240],
    ['strict acceptance of decided', 96, 168],
    ['strict acceptance of displayed', 96, 240],
    ['modification of decided', 24, 168],
    ['override of decided', 48, 168],
    ['override of displayed', 48, 240],
    ['deferral of responded', 24, 192],
    ['no response of displayed', 48, 240],
  ])('%s is %i of %i', (name, above, below) => {
    expect(fraction(figure(name))).toEqual([above, below]);
    expect(figure(name).value).toBeCloseTo(above / below, 12);
    expect(figure(name).method).toBe('cluster-t');
  });

  it('takes what only its answer proves for no silence, and for a display', () => {
    const implied = figuresOf(
      adoption,
      presentations(60, (i) => ({ response: 'accepted', implied: i < 30 })),
    );
    expect(fraction(implied('no response of displayed'))).toEqual([0, 30]);
    expect(fraction(implied('acceptance of displayed'))).toEqual([60, 60]);
  });

  it('follows a deferral to where it went, however late', () => {
    const deferred = figuresOf(
      adoption,
      presentations(40, (i) => ({
        response: 'deferred',
        was_deferred: true,
        final_response: i < 10 ? 'accepted' : i < 20 ? 'overridden' : 'deferred',
      })),
    );
    expect(fraction(deferred('deferrals converted'))).toEqual([10, 40]);
  });

  it('counts late adherence only where somebody looked', () => {
    const looked = figuresOf(
      adoption,
      presentations(50, (i) => ({
        response: 'overridden',
        late_adherence_24h: i < 25 ? i < 5 : null,
        attested_done: i < 30 ? i < 12 : null,
      })),
    );
    expect(fraction(looked('late adherence of overridden'))).toEqual([5, 25]);
    expect(fraction(looked('attested actions done'))).toEqual([12, 30]);
  });

  it('counts below the floor and draws nothing; below ten clinicians it has no interval', () => {
    const few = figuresOf(
      adoption,
      presentations(19, () => ({ response: 'accepted' })),
    );
    expect(few('acceptance of decided')).toMatchObject({
      numerator: 19,
      denominator: 19,
      value: undefined,
      absence: 'below-floor',
    });
    const nine = figuresOf(
      adoption,
      presentations(90, (i) => ({ response: round(i), clinician_id: `c${i % 9}` })),
    );
    expect(nine('acceptance of decided')).toMatchObject({
      interval: undefined,
      method: 'none',
      absence: 'few-clusters',
    });
    expect(nine('acceptance of decided').value).toBeDefined();
  });
});

describe('reasons', () => {
  it('come commonest first, by owner and by code, of all overrides', () => {
    const rows = presentations(60, (i) => ({
      response: 'overridden',
      reason_code: i < 30 ? 'action-completed' : i < 50 ? 'ai-input-wrong' : null,
    }));
    const found = reasons.figures(collect(reasons, rows));
    expect(found.map(({ name, numerator }) => [name, numerator])).toEqual([
      ['overridden', undefined],
      ['no reason of overridden', 10],
      ['owner trigger-logic', 30],
      ['owner data-quality', 20],
      ['reason action-completed', 30],
      ['reason ai-input-wrong', 20],
    ]);
    expect(found.at(-1)?.denominator).toBe(60);
  });
});

describe('response time', () => {
  it('has quantiles within their bin and the exact share under 3 s', () => {
    const figure = figuresOf(
      responseTime,
      presentations(100, (i) => ({ response: 'accepted', dwell_ms: i * 100 })),
    );
    expect(figure('median').value).toBeCloseTo(5_000, 6);
    expect(fraction(figure('under 3 s'))).toEqual([30, 100]);
  });

  it('counts clinicians who follow nearly all unread, and names nobody', () => {
    const rows = presentations(360, (i) => {
      const hasty = i % 12 < 4;
      return {
        clinician_id: `c${i % 12}`,
        response: hasty || Math.floor(i / 12) % 3 > 0 ? 'accepted' : 'overridden',
        dwell_ms: hasty ? 900 : 9_000,
      };
    });
    const found = responseTime.figures(collect(responseTime, rows));
    expect(found.at(-1)).toMatchObject({
      name: 'clinicians who follow over 98 % in under 3 s',
      value: 4,
    });
    expect(JSON.stringify(found)).not.toMatch(/"c\d/);
  });
});

describe('fatigue', () => {
  /** Clinicians begin in different weeks; the calendar has its own ups and downs. */
  const rows = (decay: number, seasonal: number) =>
    presentations(24 * 12 * 20, (i) => {
      const person = i % 24;
      const week = Math.floor(i / 24 / 20);
      const start = person % 6;
      const exposures = Math.max(0, (week - start) * 40 + 2 * (Math.floor(i / 24) % 20));
      const odds = Math.exp(
        0.8 + seasonal * Math.sin(week / 2) - decay * Math.min(1, exposures / 200),
      );
      // Evenly spread instead of drawn: the expectation itself.
      const place = (Math.floor(i / 24) * 0.618_033_988_7 + person * 0.381) % 1;
      return {
        clinician_id: `c${person}`,
        week: `2026-${String(week + 10)}`,
        exposures_to_date: exposures,
        response: week < start ? null : place < odds / (1 + odds) ? 'accepted' : 'overridden',
      };
    });

  it('finds odds that fall by half over 200 exposures, apart from the calendar', () => {
    const figure = figuresOf(
      fatigue,
      rows(Math.LN2, 0.5),
    )('odds ratio of following per doubling of exposures');
    expect(figure.value).toBeGreaterThan(0.75);
    expect(figure.value).toBeLessThan(0.95);
    expect(figure.interval?.high).toBeLessThan(1);
  });

  it('does not take a bad season for fatigue', () => {
    const { interval } = figuresOf(
      fatigue,
      rows(0, 0.8),
    )('odds ratio of following per doubling of exposures');
    expect(interval?.low).toBeLessThan(1);
    expect(interval?.high).toBeGreaterThan(1);
  });
});

describe('variation', () => {
  it('calls the unit that lies beyond how units usually differ', () => {
    const rows = presentations(12 * 100, (i) => {
      const unit = i % 12;
      const accepts = unit === 5 ? 35 : 60 + (unit % 4);
      return {
        unit: `u${unit}`,
        response: Math.floor(i / 12) < accepts ? 'accepted' : 'overridden',
      };
    });
    const counts = collect(unitVariation, rows);
    const beyond = placed(counts)?.points.filter(({ place }) => place !== 'inside');
    expect(beyond?.map(({ key }) => key)).toEqual(['u5']);
    expect(JSON.stringify(clinicianVariation.figures(counts))).not.toContain('u5');
  });
});

describe('comparisons', () => {
  it('sets each group against the largest, with clinicians who answer for both', () => {
    const rows = presentations(1_200, (i) => ({
      clinician_id: `c${Math.floor(i / 10) % 15}`,
      sex: i % 10 < 7 ? 'female' : 'male',
      response: [0, 1, 2, 3, 7, 8].includes(i % 10) ? 'accepted' : 'overridden',
    }));
    const figure = figuresOf(equity, rows)('following, sex male to female');
    // 2 of 3 against 4 of 7.
    expect(figure.value).toBeCloseTo(2 / 3 / (4 / 7), 12);
    expect(figure.interval).toBeDefined();
  });

  it('compares versions of one model and not two models', () => {
    const rows = presentations(900, (i) => ({
      clinician_id: `c${i % 15}`,
      model_id: i % 3 === 0 ? 'falls' : 'sepsis',
      model_version: i % 3 === 2 && i % 2 === 0 ? '2' : '1',
      response: i % 4 === 0 ? 'overridden' : 'accepted',
    }));
    const names = versionComparison
      .figures(collect(versionComparison, rows))
      .map(({ name }) => name);
    expect(names).toEqual([
      'acceptance of decided, sepsis 2 less sepsis 1',
      'acceptance of displayed, sepsis 2 less sepsis 1',
    ]);
  });
});

describe('weeks', () => {
  const monday = (week: number) =>
    new Date(Date.UTC(2026, 0, 5) + week * 7 * 86_400_000).toISOString().slice(0, 10);
  const rows = presentations(30 * 100, (i) => {
    const week = i % 30;
    const accepts = (week < 15 ? 80 : 65) + (week % 3);
    return {
      week: monday(week),
      response: Math.floor(i / 30) < accepts ? 'accepted' : 'overridden',
    };
  });

  it('beyond the limits are counted once there are twelve', () => {
    expect(figuresOf(weekly, rows)('acceptance: weeks beyond p limits').value).toBe(0);
    const short = rows.filter(({ week }) => week !== null && week < monday(11));
    expect(figuresOf(weekly, short)('acceptance: weeks beyond p limits').absence).toBe(
      'below-floor',
    );
  });

  it('show what changed at a change, and not before there is enough of it', () => {
    const counts = collect(weekly, rows);
    const found = aroundChange(counts, 'acceptance', monday(15));
    expect(found?.levelChange.value).toBeCloseTo(-0.15, 1);
    expect(found?.levelChange.p).toBeLessThan(0.001);
    expect(aroundChange(counts, 'acceptance', monday(5))).toBeUndefined();
    expect(aroundChange(counts, 'acceptance', monday(99))).toBeUndefined();
  });

  it('are read at each entry of the change log that touches the slice', () => {
    const change = (own: object) => ({
      ...makeRow(CHANGES, {
        change_id: 'a',
        kind: 'version',
        changed_at: Date.parse(`${monday(15)}T00:00:00Z`) - 86_400_000,
        to_value: '2',
        status: 'final',
      }),
      ...own,
    });
    const log = [
      change({}),
      change({ change_id: 'b', model_id: 'falls' }),
      change({ change_id: 'c', status: 'entered-in-error' }),
      change({ change_id: 'd', kind: 'interface', to_value: null, changed_at: 0 }),
    ];
    const own = changesOf(['sepsis'], ['model'], log);
    expect(own.map(({ change_id }) => change_id)).toEqual(['d', 'a']);
    const found = aroundChanges(collect(weekly, rows), own);
    const jump = found.find(
      ({ name }) => name.startsWith('acceptance version 2') && name.endsWith('jump'),
    );
    expect(jump?.value).toBeCloseTo(-0.15, 1);
    expect(jump?.interval?.high).toBeLessThan(-0.1);
    expect(found[0]).toMatchObject({
      name: 'acceptance interface 1970-01-01: jump',
      absence: 'below-floor',
    });
  });

  it('a display without a time belongs to none', () => {
    expect(collect(weekly, [presentation({ week: null })]).size).toBe(0);
  });
});
