import type { MeasureReport } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Aggregates,
  aggregate,
  mergeAggregates,
  regroup,
} from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { measureUrl } from '#src/fhir/measure-report/report-names.ts';
import { publishAggregates } from '#src/io/aggregates/publish-aggregates.ts';
import { readAggregates } from '#src/io/aggregates/read-aggregates.ts';
import { systemClock } from '#src/io/clock.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { randomTables } from '#tests/unit/metrics/random-tables.ts';
import { fhir, tokensFor } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

const SCOPE = 'launch openid fhirUser user/MeasureReport.crus user/Measure.crs';
const AS_OF = '2026-03-01T00:00:00.000Z';
const LATER = '2026-03-02T00:00:00.000Z';
const [host] = HOSTS;
const views = PUBLISHED_VIEWS.filter(({ name }) =>
  ['adoption-weekly', 'equity', 'clinician-variation'].includes(name),
);
const counted = (seed: number): Aggregates => aggregate(factsOf(randomTables(seed, 60)), views);
const silent = () => undefined;

describe('publishing to a FHIR server', () => {
  let running: Running;
  let token: string;
  beforeEach(async () => {
    if (!host) throw new Error('no host');
    running = await host.start();
    token = (await tokensFor(running, { scope: SCOPE })).access_token;
  });
  afterEach(() => running.stop());

  /** @param writes how many may get through; the next one finds the server gone. */
  function gateway(writes = Number.POSITIVE_INFINITY) {
    let left = writes;
    return new HttpGateway({
      baseUrl: `${running.url}/fhir`,
      authorization: async () => ({ authorization: `Bearer ${token}` }),
      clock: systemClock,
      fetch: async (input, init) => {
        const isWrite =
          init?.method === 'PUT' || (init?.method === 'POST' && !String(input).endsWith('_search'));
        if (isWrite && left-- <= 0) throw new TypeError('gone');
        return running.send(String(input).slice(running.url.length), init);
      },
    });
  }
  const publishing = (asOf: string) => ({ views, asOf });
  const read = () => readAggregates(gateway(), { views, from: '2026-01-01', to: '2026-12-31' });
  const all = async (): Promise<readonly MeasureReport[]> => {
    const bundle = await fhir(running, token).bundle('MeasureReport?_count=500');
    return (bundle.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'MeasureReport' ? resource : [],
    );
  };
  /** What a period of weeks can hold. */
  const dated = (aggregates: Aggregates): Aggregates =>
    new Map(
      views.map(({ name, by }) => [
        name,
        regroup(aggregates.get(name) ?? new Map(), by, by, {
          where: (slice) => slice[by.indexOf('week')] !== null,
        }),
      ]),
    );

  it('twice writes once, and what is read back is what was counted', async () => {
    const counts = counted(1);
    const first = await publishAggregates(gateway(), counts, publishing(AS_OF), silent);
    expect(first).toMatchObject({ measures: views.length, updated: 0, emptied: 0, unchanged: 0 });
    const before = await all();
    expect(before).toHaveLength(first.created);
    expect(before.length).toBeGreaterThan(views.length);

    const second = await publishAggregates(gateway(0), counts, publishing(LATER), silent);
    expect(second).toEqual({
      measures: 0,
      created: 0,
      updated: 0,
      emptied: 0,
      unchanged: first.created,
    });
    expect(await all()).toEqual(before);

    const { aggregates, asOf, problems } = await read();
    expect(problems).toEqual([]);
    expect(aggregates).toEqual(dated(counts));
    expect(asOf).toEqual({ oldest: Date.parse(AS_OF), newest: Date.parse(AS_OF) });
  });

  it('writes only what changed; a block whose rows are gone is emptied, and is not forgotten', async () => {
    const [old, recent] = [counted(2), counted(3)];
    await publishAggregates(gateway(), mergeAggregates(old, recent), publishing(AS_OF), silent);
    const before = await all();
    const variation = new Map([...recent].filter(([name]) => name !== 'equity'));
    const done = await publishAggregates(
      gateway(),
      new Map([...mergeAggregates(old, variation)]),
      publishing(LATER),
      silent,
    );
    expect(done.updated).toBeGreaterThan(0);
    expect(done.updated + done.unchanged + done.emptied).toBe(before.length);
    const { aggregates, asOf } = await read();
    expect(aggregates).toEqual(dated(mergeAggregates(old, variation)));
    expect(asOf).toEqual({ oldest: Date.parse(AS_OF), newest: Date.parse(LATER) });

    const none = await publishAggregates(gateway(), new Map(), publishing(LATER), silent);
    expect(none.emptied).toBe(before.length);
    expect((await read()).aggregates).toEqual(dated(new Map()));
    expect(await all()).toHaveLength(before.length);
  });

  it('that was interrupted leaves whole reports, and is completed by the next run', async () => {
    const counts = counted(4);
    await expect(
      publishAggregates(gateway(5), counts, publishing(AS_OF), silent),
    ).rejects.toMatchObject({ kind: 'offline' });
    const whole = new Map([...dated(counts)].map(([name, sliced]) => [name, sliced.size]));
    const part = await read();
    expect(part.problems).toEqual([]);
    for (const [name, sliced] of part.aggregates)
      for (const [key, each] of sliced) expect(each).toEqual(counts.get(name)?.get(key));
    expect(
      (part.aggregates.get('adoption-weekly')?.size ?? 0) < (whole.get('adoption-weekly') ?? 0),
    ).toBe(true);

    await publishAggregates(gateway(), counts, publishing(LATER), silent);
    expect((await read()).aggregates).toEqual(dated(counts));
  });

  it('finds its reports by measure, by period and by when they were stored, as other tools do', async () => {
    const { created } = await publishAggregates(gateway(), counted(5), publishing(AS_OF), silent);
    const ehr = fhir(running, token);
    const total = async (query: string) => (await ehr.bundle(`MeasureReport?${query}`)).total;
    const byMeasure = await Promise.all(
      views.map(({ name }) => total(`measure=${encodeURIComponent(measureUrl(name))}`)),
    );
    expect(byMeasure.reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(created);
    expect(await total('period=ge2030-01-01')).toBe(0);
    expect(await total(`date=${AS_OF.slice(0, 10)}`)).toBe(created);
    expect(await total('_lastUpdated=gt2030-01-01')).toBe(0);
    expect(await total('_lastUpdated=ge2026-01-01')).toBe(created);
  });
});
