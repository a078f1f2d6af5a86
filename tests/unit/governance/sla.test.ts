import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unitsToStop } from '#src/domain/governance/lifecycle/rollout-stop.ts';
import { episodeId, findingsOf } from '#src/domain/governance/limits/escalation.ts';
import { planAction } from '#src/domain/governance/limits/escalation-action.ts';
import {
  type AutomaticAction,
  evaluateSla,
  type Sla,
  slaProblems,
  verdictOf,
} from '#src/domain/governance/limits/sla.ts';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import { adoption } from '#src/domain/metrics/adoption.ts';
import { collect } from '#src/domain/metrics/counts.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import type { ModelState } from '#src/domain/recommendation.ts';
import { SERVICE_LEVEL_SCHEMA } from '#src/fhir/artifacts/service-level-schema.ts';
import { readServiceLevels } from '#src/fhir/governance/sla.fhir.ts';
import { checkAgainstSchema } from '#src/io/config/check.ts';
import { presentations } from '../metrics/rows.ts';

const DAY = 86_400_000;
const ASKED = Date.parse('2026-03-17');

const anSla = (own: Partial<Sla> = {}): Sla => ({
  id: 'seen',
  title: 'Half of what is shown is followed',
  ...{ metric: 'adoption', figure: 'acceptance of displayed', slice: { model: 'falls' } },
  ...{ windowWeeks: 2, leastRows: 50, direction: 'at-least', warn: 0.5, breach: 0.4 },
  ...{ owner: 'Practitioner/owner', acknowledgeHours: 24, actHours: 72, action: 'suspend' },
  ...own,
});

const figure = (low: number, high: number, denominator = 100): Figure => ({
  ...{ name: 'acceptance of displayed', kind: 'share', unit: '1', numerator: 1, denominator },
  ...{ value: (low + high) / 2, interval: { low, high }, method: 'cluster-t' },
});

describe('a limit', () => {
  it.each([
    [0.2, 0.39, 100, 'breach'],
    [0.2, 0.4, 100, 'warn'],
    [0.42, 0.49, 100, 'warn'],
    [0.45, 0.55, 100, 'unclear'],
    [0.3, 0.9, 100, 'unclear'],
    [0.5, 0.6, 100, 'kept'],
    [0.2, 0.39, 49, 'cannot-tell'],
  ] as const)('at least 0.5, with an interval of %d to %d, n %d: %s', (low, high, n, verdict) => {
    expect(verdictOf(anSla(), figure(low, high, n))).toBe(verdict);
    // The same turned around: what is at least 0.5 of good is at most 0.5 of bad.
    const turned = anSla({ direction: 'at-most', warn: 0.5, breach: 0.6 });
    expect(verdictOf(turned, figure(1 - high, 1 - low, n))).toBe(verdict);
  });

  it('says nothing without an interval', () => {
    const { interval: _, ...bare } = figure(0, 0);
    expect(verdictOf(anSla(), { ...bare, interval: undefined })).toBe('cannot-tell');
    expect(verdictOf(anSla(), undefined)).toBe('cannot-tell');
  });

  it('is never breached nor warned of while the interval holds it, and a breach is always beyond the warning', () => {
    for (let low = 0; low <= 1; low += 0.05)
      for (let high = low; high <= 1; high += 0.05)
        for (const warn of [0.3, 0.5])
          for (const breach of [0.1, 0.3]) {
            const verdict = verdictOf(anSla({ warn, breach }), figure(low, high));
            const holds = (limit: number) => low <= limit && limit <= high;
            if (holds(warn)) expect(['unclear', 'kept']).toContain(verdict);
            if (verdict === 'breach') expect(high).toBeLessThan(Math.min(warn, breach));
            if (verdict === 'kept') expect(low).toBeGreaterThanOrEqual(Math.max(warn, breach));
          }
  });

  it('is held against what the metric says of whole weeks of that slice, to the last digit', () => {
    const mine = (week: string, unit: string, model: string, follows: number) =>
      presentations(60, (i) => ({
        ...{ week, unit, model_id: model, clinician_id: `c${i % 12}` },
        response: (Math.floor(i / 12) + i) % 5 < follows ? 'accepted' : 'overridden',
      }));
    const counted = [
      ...mine('2026-02-23', 'a', 'falls', 1),
      ...mine('2026-03-02', 'a', 'falls', 2),
    ];
    const rows = [
      ...counted,
      ...mine('2026-02-16', 'a', 'falls', 5),
      ...mine('2026-03-09', 'a', 'falls', 5),
      ...mine('2026-03-02', 'b', 'falls', 5),
      ...mine('2026-03-02', 'a', 'sepsis', 5),
    ];
    const facts = { ...factsOf({}), presentations: () => rows };
    const sla = anSla({ slice: { unit: 'a', model: 'falls' } });
    // On the 16th the week of the 9th has ended, and is settled a day later.
    const { figure: found, verdict } = evaluateSla(sla, facts, ASKED - 86_400_000);
    const [expected] = adoption
      .figures(collect(adoption, counted))
      .filter(({ name }) => name === sla.figure);
    expect(found).toEqual(expected);
    expect(found?.denominator).toBe(120);
    expect(verdict).toBe('breach');
    expect(evaluateSla(sla, facts, ASKED).figure?.value).toBeGreaterThan(0.6);
    expect(evaluateSla(sla, undefined, ASKED).verdict).toBe('cannot-tell');
    expect(evaluateSla({ ...sla, slice: { model: 'none' } }, facts, ASKED).verdict).toBe(
      'cannot-tell',
    );
  });

  it('is refused where it contradicts itself, or cannot be read whole', () => {
    expect(slaProblems(anSla())).toEqual([]);
    expect(slaProblems(anSla({ warn: 0.3 }))).toHaveLength(1);
    expect(slaProblems(anSla({ action: 'restrict' }))).toHaveLength(1);
    expect(slaProblems(anSla({ metric: 'mood' }))).toHaveLength(1);
    const levels = { committee: 'Organization/c', slas: [anSla()] };
    expect(readServiceLevels(levels)).toMatchObject({ ok: true, value: levels });
    // What is published as the format refuses the same.
    const fits = (own: object) => {
      const said = { ...levels, slas: [{ ...anSla(), ...own }] };
      const { problems } = checkAgainstSchema(SERVICE_LEVEL_SCHEMA, said);
      expect(problems.length === 0).toBe(readServiceLevels(said).ok);
      return problems.length === 0;
    };
    expect(fits({})).toBe(true);
    expect(fits({ restriction: 'Adults only', action: 'restrict' })).toBe(true);
    expect(fits({ slice: { model: 'falls', ward: '4a' } })).toBe(false);
    expect(fits({ slice: {} })).toBe(false);
    expect(fits({ breach: '0.4' })).toBe(false);
    expect(fits({ actHours: 0 })).toBe(false);
    expect(fits({ action: 'retire' })).toBe(false);
    expect(fits({ metric: 'mood' })).toBe(false);
    expect(readServiceLevels({ ...levels, slas: [anSla(), anSla()] }).ok).toBe(false);
    expect(readServiceLevels({ ...levels, signals: { owner: 'Practitioner/o' } }).ok).toBe(false);
  });
});

const record = (state: ModelState, own: Partial<ModelStateRecord> = {}): ModelStateRecord => ({
  ...{
    id: `${state} ${own.from}`,
    model: { identifiers: [] },
    state,
    from: '2026-01-01T00:00:00Z',
  },
  ...{ units: [], clinicians: [], recordedAt: Date.parse('2026-01-01T00:00:00Z') },
  ...own,
});

it('the format is published as it is', () => {
  expect(JSON.parse(readFileSync('public/service-levels.schema.json', 'utf8'))).toEqual(
    SERVICE_LEVEL_SCHEMA,
  );
});

describe('what follows by itself', () => {
  const at = Date.parse('2026-03-16T08:00:00Z');
  const everywhere = { units: [] };
  const plan = (action: AutomaticAction, ...records: ModelStateRecord[]) =>
    planAction(action, records, everywhere, at).state;

  it('restricts only what is in use for everybody there, and for no longer than its approval', () => {
    const active = record('active', { until: '2026-06-01' });
    expect(planAction('restrict', [active], everywhere, at)).toEqual({
      state: 'restricted',
      until: '2026-06-01',
    });
    for (const state of ['suspended', 'retired', 'silent', 'pilot', 'proposed'] as const)
      expect(plan('restrict', record(state)), state).toBeUndefined();
    expect(plan('restrict', record('active', { until: '2026-02-01' }))).toBeUndefined();
    const stopped = record('suspended', { units: ['Location/icu'], from: '2026-02-01T00:00:00Z' });
    expect(plan('restrict', active, stopped)).toBeUndefined();
    expect(planAction('restrict', [active, stopped], { units: ['Location/ed'] }, at).state).toBe(
      'restricted',
    );
    expect(plan('restrict', record('restricted'))).toBeUndefined();
  });

  it('suspends whatever is not stopped already', () => {
    for (const state of ['active', 'pilot', 'restricted', 'silent'] as const)
      expect(plan('suspend', record(state)), state).toBe('suspended');
    expect(plan('suspend', record('suspended'))).toBeUndefined();
    expect(plan('suspend', record('retired'))).toBeUndefined();
    expect(
      plan('suspend', record('active'), record('suspended', { units: ['Location/icu'] })),
    ).toBe('suspended');
    expect(plan('notify', record('active'))).toBeUndefined();
  });

  it('stops units of a plan that have begun and that the breach is about', () => {
    const step = (unit: string, from: string, stopOnBreach: boolean) => ({
      ...{ unit, from, stopOnBreach, entry: [] },
    });
    const steps = [
      step('Location/a', '2026-03-01', true),
      step('Location/b', '2026-03-01', false),
      step('Location/c', '2026-04-01', true),
      step('https://ehr.example/fhir/Location/d', '2026-03-16', true),
    ];
    const stopped = (unit?: string) =>
      unitsToStop({ device: 'Device/m', steps }, unit, '2026-03-16').map((one) => one.slice(-1));
    expect(stopped()).toEqual(['a', 'd']);
    expect(stopped('Location/d')).toEqual(['d']);
    expect(stopped('Location/b')).toEqual([]);
  });
});

describe('an episode', () => {
  const levels = { committee: 'Organization/c', slas: [anSla()] };
  const found = (low: number, high: number) => {
    const sla = anSla();
    const shown = figure(low, high);
    return findingsOf(levels, [{ sla, figure: shown, verdict: verdictOf(sla, shown) }], [], true);
  };

  it('is over only once the limit is kept, and a breach that comes back is another one', () => {
    const breach = found(0.1, 0.2);
    const [finding] = breach.findings;
    const key = finding?.key ?? '';
    expect(finding).toMatchObject({ level: 'breach', action: 'suspend', model: 'falls' });
    expect(finding?.words).toContain('15.0 % (10.0 % to 20.0 %), n 100');
    expect(breach.isOver(key)).toBe(false);
    expect(found(0.3, 0.9).isOver(key)).toBe(false);
    expect(found(0.42, 0.45).isOver(key)).toBe(false);
    expect(found(0.6, 0.9).isOver(key)).toBe(true);
    const matter = { key, quietMs: 28 * DAY };
    const first = episodeId(matter, [], ASKED);
    const of = (over: boolean, own: object = {}) => ({ id: first, key, over, ...own });
    expect(episodeId(matter, [of(false)], ASKED)).toBe(first);
    expect(episodeId(matter, [{ ...of(true), key: 'other' }], ASKED)).toBe(first);
    const second = episodeId(matter, [of(true)], ASKED);
    expect(second).not.toBe(first);
    expect(episodeId(matter, [of(true), { ...of(false), id: second }], ASKED)).toBe(second);
  });

  it('that people called done comes back where it still stands after its window', () => {
    const matter = { key: 'k', quietMs: 28 * DAY };
    const first = episodeId(matter, [], ASKED);
    const done = (days: number) => [
      { id: first, key: 'k', over: false, doneAt: new Date(ASKED - days * DAY).toISOString() },
    ];
    expect(episodeId(matter, done(27), ASKED)).toBe(first);
    expect(episodeId(matter, done(29), ASKED)).not.toBe(first);
  });

  it('a warning does nothing by itself, and is another matter than the breach', () => {
    const [warning] = found(0.42, 0.45).findings;
    expect(warning).toMatchObject({ level: 'warn', action: 'notify' });
    expect(warning?.key).not.toBe(found(0.1, 0.2).findings[0]?.key);
  });
});
