import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkConfig } from '#src/io/config/load.ts';

const shipped = JSON.parse(readFileSync('public/config.json', 'utf8')) as object;
const minutes = (lockAfterMinutes?: unknown) =>
  checkConfig({ ...shipped, ...(lockAfterMinutes !== undefined && { lockAfterMinutes }) })
    .lockAfterMinutes;

it('a site that says nothing locks after a quarter of an hour', () => {
  expect(minutes()).toBe(15);
});

it.each([0, 0.5, 5, 720])('a site may say %s minutes', (wanted) => {
  expect(minutes(wanted)).toBe(wanted);
});

it.each([-1, 721, '15', null, true, Number.NaN])('and not %s', (wrong) => {
  expect(() => minutes(wrong)).toThrow(/mistakes/);
});
