import type { Library } from 'fhir/r4';
import { isSignalName, type SeriesPoint, type Signal } from '#src/domain/monitoring/signal.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { fromJsonLibrary, libraryUrl, toJsonLibrary } from './json-library.fhir.ts';
import { get, isObject, problem } from './read.ts';

/** What monitoring found at the last publishing, so that nobody has to fetch all counts to know it. */
export interface PublishedSignals {
  /** ISO 8601 with offset: what the counts knew of. */
  readonly asOf: string;
  readonly signals: readonly Signal[];
}

const ID = 'monitoring-signals';
export const SIGNALS_LIBRARY = libraryUrl(ID);

export const toSignalsLibrary = ({ asOf, signals }: PublishedSignals): Library =>
  toJsonLibrary({
    id: ID,
    name: 'MonitoringSignals',
    title: 'Signals of monitoring',
    asOf,
    content: { signals },
  });

/** The signals whole or not at all: half a list would hide what needs attention. */
export function fromSignalsLibrary(resource: unknown): ReadResult<PublishedSignals> {
  const said = fromJsonLibrary(resource);
  const [asOf, all] = [get(said, 'asOf'), get(said, 'signals')];
  const signals = Array.isArray(all) ? all.filter(isSignal) : [];
  if (typeof asOf !== 'string' || !Array.isArray(all) || signals.length !== all.length)
    return {
      ok: false,
      problem: problem('malformed', 'The published signals cannot be read.'),
    };
  return { ok: true, value: { asOf, signals }, problems: [] };
}

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isWord = (value: unknown): boolean => typeof value === 'string';
const orNull = (fits: (value: unknown) => boolean) => (value: unknown) =>
  value === null || fits(value);

const has = (
  value: unknown,
  fields: Readonly<Record<string, (field: unknown) => boolean>>,
): boolean =>
  isObject(value) && Object.entries(fields).every(([name, fits]) => fits(get(value, name)));

const isPoint = (value: unknown): value is SeriesPoint =>
  has(value, {
    week: isWord,
    numerator: isNumber,
    denominator: isNumber,
    value: orNull(isNumber),
    centre: isNumber,
    low: orNull(isNumber),
    high: orNull(isNumber),
  });

const isInterval = (value: unknown): boolean => has(value, { low: isNumber, high: isNumber });

const isEffect = (value: unknown): boolean =>
  has(value, {
    what: isWord,
    kind: (kind) => kind === 'share' || kind === 'odds-ratio',
    now: isNumber,
    before: isNumber,
    interval: isInterval,
  });

const isSignal = (value: unknown): value is Signal =>
  has(value, {
    name: (name) => typeof name === 'string' && isSignalName(name),
    model_id: orNull(isWord),
    model_version: orNull(isWord),
    site: orNull(isWord),
    unit: orNull(isWord),
    group: orNull((group) => has(group, { dimension: isWord, value: isWord })),
    reason: orNull(isWord),
    since: isWord,
    raisedAt: isWord,
    current: (current) => typeof current === 'boolean',
    statistic: isNumber,
    limit: isNumber,
    effect: isEffect,
    n: isNumber,
    series: (series) => Array.isArray(series) && series.every(isPoint),
  });
