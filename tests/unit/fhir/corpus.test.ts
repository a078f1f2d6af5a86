import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Problem } from '#src/domain/problem.ts';
import type { ProbabilityScaleRule } from '#src/domain/site-config.ts';
import { unbounded } from './bounded.ts';
import { read } from './sample.ts';

interface Case {
  readonly title: string;
  readonly resources: readonly unknown[];
  readonly included?: readonly unknown[];
  readonly provenances?: readonly unknown[];
  readonly aiDevices?: readonly string[];
  readonly probabilityScales?: readonly ProbabilityScaleRule[];
  readonly expect: {
    readonly cards: number;
    readonly notCards: number;
    readonly unreadable: readonly Problem['code'][];
    readonly card?: Readonly<Record<string, unknown>>;
    readonly problems?: readonly Problem['code'][];
  };
}

const FOLDER = new URL('../../golden/corpus/', import.meta.url);
const MEGABYTE = 1_048_576;

function deep(levels: number): unknown {
  let inner: unknown = { url: 'urn:end' };
  for (let level = 0; level < levels; level += 1) inner = { url: 'urn:deep', extension: [inner] };
  return [inner];
}

const MARKERS: Readonly<Record<string, () => unknown>> = {
  '@long': () => 'ab\u202ecd<b>'.repeat(MEGABYTE / 8),
  '@spaces': () => `S${' \t'.repeat(MEGABYTE / 2)}`,
  '@slashes': () => '/'.repeat(MEGABYTE),
  '@many': () =>
    Array.from({ length: 10_000 }, (_, index) => ({ reference: `Observation/${index}` })),
  '@deep': () => deep(2_000),
  '@infinity': () => Number.POSITIVE_INFINITY,
};

const expand = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('@') ? (MARKERS[value]?.() ?? value) : value;

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const load = (name: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'), expand);

describe.each(files)('corpus %s', (name) => {
  test.each(load(name))(
    '$title',
    ({ expect: wanted, resources, included, provenances, ...rules }) => {
      const result = read(resources, {
        included: included ?? [],
        provenances: provenances ?? [],
        source: {
          aiDevices: rules.aiDevices ?? [],
          probabilityScales: rules.probabilityScales ?? [],
        },
      });
      expect({
        cards: result.recommendations.length,
        notCards: result.notCards,
        unreadable: result.unreadable.map((one) => one.code),
      }).toEqual({ cards: wanted.cards, notCards: wanted.notCards, unreadable: wanted.unreadable });
      const [card] = result.recommendations;
      if (wanted.card !== undefined) expect(card).toMatchObject(wanted.card);
      if (wanted.problems !== undefined) {
        const codes = [...new Set(card?.problems.map((one) => one.code))];
        expect(codes.toSorted()).toEqual(wanted.problems.toSorted());
      }
      expect(unbounded(result)).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
    },
  );
});

test('the corpus has at least 60 cases', () => {
  expect(files.flatMap(load).length).toBeGreaterThanOrEqual(60);
});
