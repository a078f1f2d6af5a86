import fc from 'fast-check';
import type { FaultEffect } from '#mocks/faults.ts';
import type { StoreFault } from './mortal-store.ts';

/** One step of a day with this app; numbers choose among what there is at that moment. */
export type Operation =
  | { readonly do: 'answer' | 'report'; readonly tab: number; readonly content: number }
  | { readonly do: 'amend'; readonly tab: number; readonly which: number; readonly content: number }
  | { readonly do: 'edit' | 'undo' | 'retract'; readonly tab: number; readonly which: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'hide' | 'kill' | 'hide-and-kill' | 'token-ends'; readonly tab: number }
  | { readonly do: 'open'; readonly user: number; readonly patient: number; readonly any: boolean }
  | {
      readonly do: 'server';
      readonly effect: FaultEffect;
      readonly on: number;
      readonly count: number;
    }
  | { readonly do: 'server-recovers' }
  | { readonly do: 'device'; readonly tab: number; readonly fault: StoreFault }
  | { readonly do: 'delete-database' };

const nat = fc.nat(1_000);

const effect: fc.Arbitrary<FaultEffect> = fc.oneof(
  fc.constantFrom<FaultEffect>(
    { kind: 'offline' },
    { kind: 'commit-then-drop' },
    { kind: 'commit-late', ms: 60_000 },
    { kind: 'html-instead-of-fhir' },
    { kind: 'empty-201' },
    { kind: 'delay', ms: 5_000 },
    { kind: 'delay', ms: 30_000 },
  ),
  fc
    .constantFrom(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 502, 503, 504)
    .map((status) => ({ kind: 'status' as const, status })),
  fc.constantFrom(429, 503).map((status) => ({ kind: 'status' as const, status, retryAfter: 40 })),
);

const device = fc.constantFrom<StoreFault>(
  'quota',
  'load-fails',
  'kill-before-commit',
  'kill-after-commit',
  'kill-after-load',
);

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record({ do: fc.constant('answer' as const), tab: nat, content: nat }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('report' as const), tab: nat, content: nat }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('amend' as const), tab: nat, which: nat, content: nat }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom('edit' as const, 'undo' as const, 'retract' as const),
      tab: nat,
      which: nat,
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      ms: fc.constantFrom(0, 1_000, 5_000, 10_000, 12_000, 25_000, 70_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(-86_400_000, -3_600_000, -11_000, 11_000, 3_600_000, 86_400_000),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'hide' as const,
        'kill' as const,
        'hide-and-kill' as const,
        'token-ends' as const,
      ),
      tab: nat,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('open' as const),
      user: fc.nat(1),
      patient: fc.nat(1),
      any: fc.boolean(),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('server' as const),
      effect,
      on: fc.nat(8),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('server-recovers' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('device' as const), tab: nat, fault: device }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete-database' as const) }) },
);

export const day = (length: number): fc.Arbitrary<readonly Operation[]> =>
  fc.array(operation, { minLength: Math.ceil(length / 2), maxLength: length, size: 'max' });
