import { beforeAll, expect } from 'vitest';
import { issuesInWords } from './validate.ts';

// The definitions are loaded before the first test of a file, which then keeps its own time limit.
beforeAll(() => {
  issuesInWords({ resourceType: 'Observation' });
}, 60_000);

/** Fails the test with everything that is wrong with the resource, in words. */
export function expectValid(resource: object): void {
  expect(issuesInWords(resource)).toEqual([]);
}
