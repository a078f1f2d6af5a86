import { afterEach, beforeEach, expect, vi } from 'vitest';

// Noise fails: a console error is a defect that nobody looked at. A test that expects one says so
// with `vi.spyOn(console, 'error').mockImplementation(...)` of its own.
beforeEach(() => {
  vi.spyOn(console, 'error');
});

afterEach(() => {
  expect(vi.mocked(console.error).mock?.calls ?? []).toEqual([]);
});
