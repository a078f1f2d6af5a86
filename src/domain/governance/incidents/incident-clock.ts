import type { Harm, Merp } from './incident.ts';

/** How fast an incident wants an answer; E–I and what somebody called unsafe first. */
export type Urgency = 'grave' | 'reached' | 'minor';

const GRAVE: readonly Merp[] = ['E', 'F', 'G', 'H', 'I'];
const REACHED: readonly Merp[] = ['C', 'D'];
const GRAVE_HARM: readonly Harm[] = ['moderate', 'severe', 'death'];

export interface Graded {
  readonly merp?: Merp;
  readonly harm?: Harm;
  /** The reporter overrode the advice as unsafe, or called the condition so. */
  readonly unsafe: boolean;
  /** It reached a patient. */
  readonly reached: boolean;
}

/** What is not graded yet is taken for the graver of what it may be. */
export function urgencyOf({ merp, harm, unsafe, reached }: Graded): Urgency {
  if (unsafe || (merp !== undefined && GRAVE.includes(merp))) return 'grave';
  if (harm !== undefined && GRAVE_HARM.includes(harm)) return 'grave';
  if (merp !== undefined) return REACHED.includes(merp) ? 'reached' : 'minor';
  return reached ? 'reached' : 'minor';
}

/** Time until something is due: on the clock, or in working days (Monday to Friday). */
export type Span = { readonly minutes: number } | { readonly workingDays: number };

/** What of an incident has a clock. `committee`: that the committee was told. */
export const TIMED = ['acknowledged', 'contained', 'committee', 'root-cause'] as const;
export type Timed = (typeof TIMED)[number];

export type ClockPresets = Readonly<Record<Urgency, Readonly<Partial<Record<Timed, Span>>>>>;

const HOUR = 60;
const DAY = 24 * HOUR;

/** In-house defaults; a site may have others. Source: clinical-evidence.md §6. */
export const DEFAULT_CLOCKS: ClockPresets = {
  grave: {
    acknowledged: { minutes: 15 },
    contained: { minutes: HOUR },
    committee: { minutes: DAY },
    'root-cause': { minutes: 14 * DAY },
  },
  reached: { acknowledged: { workingDays: 1 } },
  minor: { acknowledged: { minutes: 7 * DAY } },
};

/** A duty that may exist. Whether it does, people decide: the app reminds, and decides nothing. */
export interface Reminder {
  readonly words: string;
  readonly within: Span;
}

/** Terms of 21 CFR 803.10 and of Article 73 of the EU AI Act, from when somebody became aware. */
export const DEFAULT_REMINDERS: readonly Reminder[] = [
  { words: 'EU AI Act Art. 73, widespread or critical', within: { minutes: 2 * DAY } },
  { words: 'EU AI Act Art. 73, death', within: { minutes: 10 * DAY } },
  { words: 'EU AI Act Art. 73, other serious incident', within: { minutes: 15 * DAY } },
  { words: 'FDA, user facility', within: { workingDays: 10 } },
  { words: 'FDA, manufacturer, remedial action needed', within: { workingDays: 5 } },
  { words: 'FDA, manufacturer', within: { minutes: 30 * DAY } },
];

const MINUTE_MS = 60_000;
const DAY_MS = DAY * MINUTE_MS;

/**
 * When something is due.
 * @param from epoch ms @param offsetMinutes of the hospital, east of Greenwich: weekends are local
 */
export function dueAt(from: number, within: Span, offsetMinutes: number): number {
  if ('minutes' in within) return from + within.minutes * MINUTE_MS;
  const isWeekend = (at: number): boolean => {
    const day = new Date(at + offsetMinutes * MINUTE_MS).getUTCDay();
    return day === 0 || day === 6;
  };
  let at = from;
  for (let left = within.workingDays; left > 0; ) {
    at += DAY_MS;
    if (!isWeekend(at)) left -= 1;
  }
  return at;
}

/** How a clock stands: epoch ms of when it is due, and whether it was kept. */
export interface ClockStanding {
  readonly step: Timed;
  readonly due: number;
  readonly state: 'running' | 'late' | 'kept' | 'missed';
}

/**
 * The clocks of one incident.
 * @param reportedAt epoch ms @param done epoch ms of each step that was done
 */
export const clocksOf = (
  presets: ClockPresets,
  urgency: Urgency,
  reportedAt: number,
  done: ReadonlyMap<string, number>,
  { now, offsetMinutes }: { readonly now: number; readonly offsetMinutes: number },
): readonly ClockStanding[] =>
  TIMED.flatMap((step) => {
    const within = presets[urgency][step];
    if (within === undefined) return [];
    const due = dueAt(reportedAt, within, offsetMinutes);
    const at = done.get(step);
    const kept = at === undefined ? now <= due : at <= due;
    const state = at === undefined ? (kept ? 'running' : 'late') : kept ? 'kept' : 'missed';
    return [{ step, due, state }];
  });
