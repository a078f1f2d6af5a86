import type { Library } from 'fhir/r4';
import { isSignalName, type SeriesPoint, type Signal } from '#src/domain/monitoring/signal.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { CANONICAL_BASE } from './codes.ts';
import { get, isObject, problem } from './read.ts';

/** What monitoring found at the last publishing, so that nobody has to fetch all counts to know it. */
export interface PublishedSignals {
  /** ISO 8601 with offset: what the counts knew of. */
  readonly asOf: string;
  readonly signals: readonly Signal[];
}

/** The one Library that holds it; publishing again replaces. */
export const SIGNALS_LIBRARY = `${CANONICAL_BASE}/Library/monitoring-signals`;
const JSON_TYPE = 'application/json';

/** JSON in a Library, as R4 carries what it has no resource for. Exact counts: for the hospital's store. */
export function toSignalsLibrary({ asOf, signals }: PublishedSignals): Library {
  const bytes = new TextEncoder().encode(JSON.stringify({ asOf, signals }));
  return {
    resourceType: 'Library',
    url: SIGNALS_LIBRARY,
    name: 'MonitoringSignals',
    title: 'Signals of monitoring',
    status: 'active',
    experimental: false,
    date: asOf,
    type: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'asset-collection' },
      ],
    },
    content: [
      {
        contentType: JSON_TYPE,
        data: btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join('')),
      },
    ],
  };
}

/** The signals whole or not at all: half a list would hide what needs attention. */
export function fromSignalsLibrary(resource: unknown): ReadResult<PublishedSignals> {
  const content = get(resource, 'content');
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  const said = decoded(get(first, 'data'));
  const [asOf, all] = [get(said, 'asOf'), get(said, 'signals')];
  const signals = Array.isArray(all) ? all.filter(isSignal) : [];
  if (typeof asOf !== 'string' || !Array.isArray(all) || signals.length !== all.length)
    return {
      ok: false,
      problem: problem('malformed', 'The published signals cannot be read.'),
    };
  return { ok: true, value: { asOf, signals }, problems: [] };
}

function decoded(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Neither base64 nor JSON: said as unreadable above.
    return undefined;
  }
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
