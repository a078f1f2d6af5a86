import {
  type ClockPresets,
  type Reminder,
  type Span,
  TIMED,
  type Timed,
  type Urgency,
} from './incident-clock.ts';

/** How fast this site wants its reports worked on, and of which terms it is reminded. */
export interface SiteClocks {
  readonly clocks: ClockPresets;
  readonly reminders: readonly Reminder[];
}

const URGENCIES = ['grave', 'reached', 'minor'] as const satisfies readonly Urgency[];
const REMINDER = 'remind';
const BAR = '|';

/** Minutes of each unit, the longest that fits first. */
const UNITS = [
  ['days', 1_440],
  ['h', 60],
  ['min', 1],
] as const;
const WORKING = 'working days';
/** Ten years: whatever is longer was a slip. */
const MOST = 3_653;

/** "grave | acknowledged | 15 min": one line for each clock, then one for each reminder. */
export function clockLines({ clocks, reminders }: SiteClocks): readonly string[] {
  const line = (...parts: readonly string[]): string => parts.join(` ${BAR} `);
  return [
    ...URGENCIES.flatMap((urgency) =>
      TIMED.flatMap((step) => {
        const within = clocks[urgency][step];
        return within === undefined ? [] : line(urgency, step, spanLine(within));
      }),
    ),
    ...reminders.map(({ words, within }) => line(REMINDER, words, spanLine(within))),
  ];
}

function spanLine(within: Span): string {
  if ('workingDays' in within) return counted(within.workingDays, WORKING);
  const { minutes } = within;
  const [unit, size] = UNITS.find(([, one]) => minutes % one === 0) ?? ['min', 1];
  return counted(minutes / size, unit);
}

/** "1 day", "10 working days", "15 min" */
const counted = (count: number, unit: string): string =>
  `${count} ${count === 1 && unit.endsWith('days') ? unit.slice(0, -1) : unit}`;

export interface ClockLinesRead {
  /** Absent where a line has a problem: all of them count, or none. */
  readonly value?: SiteClocks;
  readonly problems: readonly string[];
}

/** Reads what `clockLines` writes; what is wrong is said line by line. */
export function readClockLines(lines: readonly string[]): ClockLinesRead {
  const clocks: Record<Urgency, Partial<Record<Timed, Span>>> = {
    grave: {},
    reached: {},
    minor: {},
  };
  const reminders: Reminder[] = [];
  const problems = lines.flatMap((line, i): readonly string[] => {
    const at = `Line ${i + 1}`;
    const [kind, name, span, ...more] = line.split(BAR).map((part) => part.trim());
    const within = more.length === 0 ? readSpan(span ?? '') : undefined;
    if (!within) return [`${at} must end with a time such as “15 min”, “24 h” or “10 ${WORKING}”.`];
    if (kind === REMINDER && name) {
      reminders.push({ words: name, within });
      return [];
    }
    const urgency = URGENCIES.find((one) => one === kind);
    const step = TIMED.find((one) => one === name);
    if (!urgency || !step)
      return [
        `${at} must begin with ${[...URGENCIES, REMINDER].join(', ')}, and then name a step.`,
      ];
    if (clocks[urgency][step]) return [`${at} says ${urgency} ${step} a second time.`];
    clocks[urgency][step] = within;
    return [];
  });
  if (!clocks.grave.acknowledged)
    problems.push(
      'There must be a line “grave | acknowledged | …”: it is the one that cannot wait.',
    );
  return problems.length > 0 ? { problems } : { value: { clocks, reminders }, problems };
}

function readSpan(text: string): Span | undefined {
  const [digits = '', ...rest] = text.split(' ').filter((one) => one !== '');
  const count = Number(digits);
  if (!Number.isInteger(count) || count < 1) return undefined;
  const said = rest.join(' ');
  const unit = said.endsWith('day') ? `${said}s` : said;
  if (unit === WORKING) return count <= MOST ? { workingDays: count } : undefined;
  const size = UNITS.find(([one]) => one === unit)?.[1];
  if (size === undefined || count * size > MOST * 1_440) return undefined;
  return { minutes: count * size };
}
