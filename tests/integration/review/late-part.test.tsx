import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { latePart } from '#src/ui/late-part.ts';

test('a part is fetched once, told to whoever waits, and asked for again when it did not come', async () => {
  const fetchPart = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValue('the form');
  const late = latePart(fetchPart);
  const { result } = renderHook(() => late.useLate());
  expect(result.current.kind).toBe('absent');
  await act(() => Promise.all([late.load(), late.load()]));
  expect(result.current.kind).toBe('failed');
  await act(() => late.load());
  await act(() => late.load());
  expect(result.current).toEqual({ kind: 'there', part: 'the form' });
  expect(fetchPart).toHaveBeenCalledTimes(2);
});
