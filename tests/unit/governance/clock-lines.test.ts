import { expect, it } from 'vitest';
import {
  DEFAULT_CLOCKS,
  DEFAULT_REMINDERS,
} from '#src/domain/governance/incidents/incident-clock.ts';
import {
  clockLines,
  readClockLines,
} from '#src/domain/governance/incidents/incident-clock-lines.ts';

const OWN = { clocks: DEFAULT_CLOCKS, reminders: DEFAULT_REMINDERS };

it('the app’s own clocks come back from their lines as they were', () => {
  const lines = clockLines(OWN);
  expect(lines.slice(0, 2)).toEqual(['grave | acknowledged | 15 min', 'grave | contained | 1 h']);
  expect(lines).toContain('reached | acknowledged | 1 working day');
  expect(lines).toContain('remind | FDA, user facility | 10 working days');
  expect(readClockLines(lines)).toEqual({ value: OWN, problems: [] });
});

const FIRST = 'grave | acknowledged | 15 min';

it.each([
  ['no time', 'minor | acknowledged', 'must end with a time'],
  ['no number', 'minor | acknowledged | soon', 'must end with a time'],
  ['nothing at all', 'minor | acknowledged | 0 min', 'must end with a time'],
  ['half a minute', 'minor | acknowledged | 0.5 min', 'must end with a time'],
  ['a unit that there is not', 'minor | acknowledged | 2 weeks', 'must end with a time'],
  ['a century', 'minor | acknowledged | 36500 days', 'must end with a time'],
  ['more than three parts', 'remind | a | b | 2 days', 'must end with a time'],
  ['a grade that there is not', 'mild | acknowledged | 2 days', 'must begin with'],
  ['a step that there is not', 'minor | closed | 2 days', 'must begin with'],
  ['a reminder of nothing', 'remind | | 2 days', 'must begin with'],
  ['the same twice', 'grave | acknowledged | 2 days', 'a second time'],
])('%s: the line is named, and none counts', (_, line, words) => {
  const { value, problems } = readClockLines([FIRST, line]);
  expect(value).toBeUndefined();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('Line 2');
  expect(problems[0]).toContain(words);
});

it('without the one clock that cannot wait there are none', () => {
  expect(readClockLines(['minor | acknowledged | 7 days']).problems).toHaveLength(1);
  expect(readClockLines([]).value).toBeUndefined();
});
