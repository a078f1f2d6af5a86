import { expect, it } from 'vitest';
import type { Signal } from '#src/domain/monitoring/signal.ts';
import { fromSignalsLibrary, toSignalsLibrary } from '#src/fhir/published-signals.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const asOf = '2026-11-23T06:00:00Z';

it('signals come back as they were published, in a resource that is valid R4', () => {
  const signal: Signal = {
    name: 'response-disparity',
    model_id: 'sepsis',
    model_version: null,
    site: null,
    unit: null,
    group: { dimension: 'language', value: 'español' },
    reason: null,
    since: '2026-08-17',
    raisedAt: '2026-09-14',
    current: true,
    statistic: 12.5,
    limit: 9.2,
    effect: {
      what: 'followed, of decided',
      kind: 'share',
      now: 0.4,
      before: 0.6,
      interval: { low: 0.3, high: 0.5 },
    },
    n: 210,
    series: [
      {
        week: '2026-08-17',
        numerator: 0,
        denominator: 0,
        value: null,
        centre: 0.6,
        low: null,
        high: null,
      },
      {
        week: '2026-08-24',
        numerator: 4,
        denominator: 9,
        value: 4 / 9,
        centre: 0.6,
        low: 0.3,
        high: 0.9,
      },
    ],
  };
  const signals = [signal];
  const library = toSignalsLibrary({ asOf, signals });
  expectValid(library);
  expect(fromSignalsLibrary(JSON.parse(JSON.stringify(library)))).toEqual({
    ok: true,
    value: { asOf, signals },
    problems: [],
  });
});

it('one that cannot be read makes the whole unreadable', () => {
  const data = btoa(JSON.stringify({ asOf, signals: [{ name: 'outlier' }] }));
  expect(fromSignalsLibrary({ content: [{ data }] }).ok).toBe(false);
  expect(fromSignalsLibrary({ content: [{ data: '%' }] }).ok).toBe(false);
  expect(
    fromSignalsLibrary({ content: [{ data: btoa(JSON.stringify({ asOf, signals: [] })) }] }).ok,
  ).toBe(true);
});
