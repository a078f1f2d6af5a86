import { SCENARIOS, type ScenarioName } from '#src/domain/simulate/simulation.ts';
import { UsageError } from '../command.ts';
import { readOptions } from '../options.ts';
import { FORMATS, type Format } from './table-lines.ts';

export interface SimulateOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly out: string;
  readonly format: Format;
  readonly start: string;
  /** At least so many answers. */
  readonly decisions: number | undefined;
  readonly weeks: number | undefined;
  readonly perWeek: number | undefined;
}

/** A Monday; the command knows no clock, so that a seed gives the same files next year. */
export const DEFAULT_START = '2026-01-05';
const MOST_WEEKS = 2_000;
const MOST = 10_000_000;

/** Throws `UsageError`. */
export function readSimulateOptions(argv: readonly string[]): SimulateOptions {
  const given = readOptions(argv, {
    scenario: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    start: { type: 'string', default: DEFAULT_START },
    decisions: { type: 'string' },
    weeks: { type: 'string' },
    'per-week': { type: 'string' },
  });
  const scenario = SCENARIOS.find((one) => one === given.scenario);
  if (!scenario) throw new UsageError(`--scenario takes one of ${SCENARIOS.join(', ')}.`);
  if (given.out === undefined) throw new UsageError('Name a new folder with --out DIR.');
  const format = FORMATS.find((one) => one === given.format);
  if (!format) throw new UsageError(`--format takes ${FORMATS.join(' or ')}.`);
  const size = {
    decisions: whole('--decisions', given.decisions, 1, MOST),
    weeks: whole('--weeks', given.weeks, 1, MOST_WEEKS),
    perWeek: whole('--per-week', given['per-week'], 1, MOST),
  };
  if (Object.values(size).every((one) => one !== undefined))
    throw new UsageError('--decisions follows from --weeks and --per-week: leave one out.');
  const seed = whole('--seed', given.seed, 0, Number.MAX_SAFE_INTEGER) ?? 1;
  return { scenario, seed, out: given.out, format, start: monday(given.start), ...size };
}

function whole(option: string, text: string | undefined, least: number, most: number) {
  if (text === undefined) return undefined;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new UsageError(`${option} takes a whole number from ${least} to ${most}.`);
  return value;
}

const DAY_MS = 86_400_000;

function monday(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || !isoDay(at).startsWith(text))
    throw new UsageError(`--start takes a Monday such as ${DEFAULT_START}.`);
  const before = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
  if (before !== at)
    throw new UsageError(`--start takes a Monday: ${isoDay(before)} is the one before ${text}.`);
  return text;
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);
