import { isSignalName, SIGNALS, type SignalName } from '#src/domain/monitoring/signal.ts';
import { UsageError } from './command.ts';
import {
  ESCALATE_ARGUMENTS,
  type EscalateRun,
  readEscalateRun,
} from './monitor-escalate-options.ts';
import { readOptions } from './options.ts';
import {
  readSourceOptions,
  SOURCE_ARGUMENTS,
  type SourceOptions,
} from './sources/source-options.ts';

export interface MonitorOptions {
  readonly source: SourceOptions;
  /** Signals that end with exit code 1. */
  readonly failOn: readonly SignalName[];
  /** `YYYY-MM-DD`; absent: today. */
  readonly asOf: string | undefined;
  readonly json: boolean;
  /** Undefined: signals are printed, and nothing is written anywhere. */
  readonly escalate: EscalateRun | undefined;
}

/** Throws `UsageError`. */
export function readMonitorOptions(argv: readonly string[]): MonitorOptions {
  const given = readOptions(argv, {
    ...SOURCE_ARGUMENTS,
    ...ESCALATE_ARGUMENTS,
    'fail-on': { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  });
  const { 'as-of': asOf, ...source } = given;
  // Flat tables do not say when a row was stored; weeks and labels have their day all the same.
  const rows = readSourceOptions(given.tables === undefined ? given : source);
  return {
    source: rows,
    escalate: readEscalateRun(given, rows.from),
    failOn: failOn(given['fail-on']),
    asOf: day(asOf),
    json: given.json,
  };
}

function failOn(text: string): readonly SignalName[] {
  const names = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (names.includes('any')) return SIGNALS;
  return names.map((name) => {
    if (!isSignalName(name))
      throw new UsageError(`--fail-on takes any, ${SIGNALS.join(', ')}; not "${name}".`);
    return name;
  });
}

function day(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new UsageError('--as-of takes a day, as 2026-03-02.');
  return text;
}
