import { describe, expect, it } from 'vitest';
import type { GateCounts, GateFacts } from '#src/domain/governance/lifecycle/gate-facts.ts';
import { gateResults } from '#src/domain/governance/lifecycle/gate-findings.ts';
import {
  FIVE_QUESTIONS,
  GATE_ITEMS,
  type GateItem,
  gateFor,
} from '#src/domain/governance/lifecycle/gates.ts';
import { LIFECYCLE } from '#src/domain/governance/lifecycle/lifecycle.ts';
import { SOURCE_ATTRIBUTES } from '#src/domain/governance/source-attributes.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

const COUNTS: GateCounts = {
  ...{ fired: 400, displayed: 380, decided: 300, recorded: 378, allDisplays: 380 },
  ...{ scored: 4000, silent: 3600, tp: 60, fp: 300, fn: 40, tn: 3000 },
  groups: [
    { dimension: 'sex', group: 'female', fired: 200, events: 50 },
    { dimension: 'sex', group: 'male', fired: 200, events: 50 },
  ],
};

const GOOD: GateFacts = {
  card: new Map(SOURCE_ATTRIBUTES.map(([id]) => [id, 'said'] as const)),
  owner: 'The owner',
  contact: undefined,
  period: '2026-08-31 to 2026-11-22',
  counts: COUNTS,
  monitoring: { asOf: NOW - 3_600_000, standing: [] },
  escalations: { open: 0, done: 0 },
  labels: undefined,
  trained: 12,
  toBeTrained: { listed: 3, trained: 3 },
  incidents: { all: 2, closed: 1 },
  plan: {
    device: 'Device/m1',
    steps: [{ unit: 'Location/icu', from: '2026-11-22', entry: [], stopOnBreach: true }],
  },
  units: ['Location/icu'],
};

const findingOf = (item: GateItem, change: Partial<GateFacts>) =>
  gateResults([item], { ...GOOD, ...change }, NOW)[0]?.finding;

describe('gates', () => {
  it('every item answers one of the five questions, and only one', () => {
    expect(FIVE_QUESTIONS).toHaveLength(5);
    expect(FIVE_QUESTIONS.flatMap(([, items]) => items).toSorted()).toEqual(GATE_ITEMS.toSorted());
  });

  it('taking advice away waits for nothing; bringing it to everybody asks for all', () => {
    expect(gateFor('suspended')).toEqual([]);
    expect(gateFor('retired')).toEqual([]);
    expect(gateFor('active')).toEqual(GATE_ITEMS);
    for (const state of LIFECYCLE)
      expect(GATE_ITEMS).toEqual(expect.arrayContaining([...gateFor(state)]));
  });

  it('without published counts data cannot tell', () => {
    for (const item of [
      'logging-complete',
      'responses-recorded',
      'local-validity',
      'local-fairness',
    ] as const)
      expect(findingOf(item, { counts: undefined }), item).toBe('cannot-tell');
  });

  it.each([
    ['card-complete', {}, { card: new Map() }],
    ['owner-named', {}, { owner: undefined }],
    ['logging-complete', {}, { counts: { ...COUNTS, silent: 0 } }],
    ['responses-recorded', {}, { counts: { ...COUNTS, recorded: 300 } }],
    ['local-validity', {}, { counts: { ...COUNTS, tn: 0, fp: 0, tp: 20, fn: 20 } }],
    ['local-fairness', {}, { counts: { ...COUNTS, groups: COUNTS.groups.slice(1) } }],
    ['monitoring-on', {}, { monitoring: { asOf: NOW - 15 * 86_400_000, standing: [] } }],
    ['signals-answered', {}, { monitoring: { asOf: NOW, standing: ['Usage collapsed'] } }],
    ['clinicians-trained', {}, { toBeTrained: { listed: 3, trained: 2 } }],
    ['rollout-plan', {}, { plan: undefined }],
    ['rollout-plan', { units: [] }, { units: ['Location/icu', 'Location/5b'] }],
  ] satisfies [GateItem, Partial<GateFacts>, Partial<GateFacts>][])(
    '%s is met, and is not when its evidence is gone',
    (item, good, bad) => {
      expect(findingOf(item, good)).toBe('met');
      expect(findingOf(item, bad)).toBe('not-met');
    },
  );

  it('says the numbers and where they are from', () => {
    const [result] = gateResults(['local-validity'], GOOD, NOW);
    expect(result?.evidence).toBe(
      'Published counts, 2026-08-31 to 2026-11-22: n = 3400; sensitivity 60.0 % (50.2–69.1), PPV 16.7 % (13.2–20.9).',
    );
  });

  it('a unit is not on the plan before its day', () => {
    const [early] = gateResults(['rollout-plan'], GOOD, NOW - 86_400_000);
    expect(early).toMatchObject({ finding: 'not-met' });
    expect(early?.evidence).toContain('Location/icu');
  });

  it('what only people know is left to them', () => {
    expect(findingOf('incident-path', { incidents: { all: 4, closed: 0 } })).toBe('cannot-tell');
    expect(findingOf('clinicians-trained', { toBeTrained: undefined })).toBe('cannot-tell');
    expect(findingOf('outcome-defined', { labels: undefined })).toBe('cannot-tell');
  });
});
