/**
 * When something happened, as far as its precision tells. FHIR times may be only a year, a month or a
 * day, or lack an offset; comparing them as strings or as midnight would invent precision.
 */
export interface InstantRange {
  /** Epoch ms, both inclusive. Equal where the instant is exact. */
  readonly earliest: number;
  readonly latest: number;
}

const HOUR = 3_600_000;
// Offsets in use run from −12:00 to +14:00; a time without one may be anywhere between.
const EARLIEST_ZONE = 14 * HOUR;
const LATEST_ZONE = 12 * HOUR;

const widened = (start: number, end: number): InstantRange | undefined =>
  Number.isNaN(start) || Number.isNaN(end)
    ? undefined
    : { earliest: start - EARLIEST_ZONE, latest: end + LATEST_ZONE };

/** All instants that an ISO 8601 text of any precision may mean; undefined when it is no date. */
export function instantRange(at: string): InstantRange | undefined {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(at) && at.includes('T')) {
    const exact = Date.parse(at);
    return Number.isNaN(exact) ? undefined : { earliest: exact, latest: exact };
  }
  if (at.includes('T')) {
    const local = Date.parse(`${at}Z`);
    return widened(local, local);
  }
  if (!/^\d{4}(-\d{2}){0,2}$/.test(at)) return undefined;
  const [year, month, day] = at.split('-').map(Number);
  if (year === undefined) return undefined;
  const start = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const next =
    day !== undefined
      ? start + 24 * HOUR
      : month === undefined
        ? Date.UTC(year + 1, 0, 1)
        : Date.UTC(year, month, 1);
  return widened(start, next - 1);
}

/** `fresh` and `stale` only where every instant that the text may mean agrees; else `unknown`. */
export type Staleness = 'fresh' | 'stale' | 'unknown';

/**
 * How a recommendation's age compares with its limit.
 * @param now epoch ms. @param minutes the kind's limit (`KindConfig.staleAfterMinutes`).
 */
export function staleness(producedAt: string | undefined, now: number, minutes: number): Staleness {
  const range = producedAt === undefined ? undefined : instantRange(producedAt);
  if (range === undefined) return 'unknown';
  const limit = now - minutes * 60_000;
  if (range.latest < limit) return 'stale';
  return range.earliest >= limit ? 'fresh' : 'unknown';
}

/** True unless it is certainly fresh: what cannot be shown to be recent is treated as old. */
export const isStale = (producedAt: string | undefined, now: number, minutes: number): boolean =>
  staleness(producedAt, now, minutes) !== 'fresh';

/** True where `at` may be later than `than`; both at whatever precision they have. */
export function mayBeLater(at: string, than: string): boolean {
  const [a, b] = [instantRange(at), instantRange(than)];
  return a !== undefined && b !== undefined && a.latest > b.latest;
}

/** Sort key: the latest instant that the text may mean; what is no date comes first. */
export const latestInstant = (at: string | undefined): number =>
  (at === undefined ? undefined : instantRange(at))?.latest ?? Number.NEGATIVE_INFINITY;
