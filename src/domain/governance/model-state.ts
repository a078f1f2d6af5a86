import type { Identifier, ResourceRef } from '../coding.ts';
import { instantRange } from '../instant.ts';
import type { ModelState } from '../recommendation.ts';

/** Which model version a record of the registry is about, by every name that it has there. */
export interface RegisteredModel {
  readonly ref?: ResourceRef;
  readonly identifiers: readonly Identifier[];
  readonly version?: string;
}

/** One act of governance: from when on a model version is in a state, where and for whom. */
export interface ModelStateRecord {
  /** `urn:uuid:`, else the record's own reference on the registry. */
  readonly id: string;
  readonly model: RegisteredModel;
  readonly state: ModelState;
  /** ISO 8601, possibly only a day; absent: since ever. */
  readonly from?: string;
  /** ISO 8601: when the approval ends; absent: it does not. */
  readonly until?: string;
  /** True where an end was sent that is no date: such an approval counts as ended. */
  readonly unreadableEnd?: boolean;
  /** Epoch ms at which it was put on record; absent: not told. */
  readonly recordedAt?: number;
  /** Epoch ms by the registry's own clock, of its last change there. */
  readonly storedAt?: number;
  /** Reference of who put it in force. */
  readonly by?: string;
  readonly byName?: string;
  readonly reason?: string;
  /** Absent: at every site. */
  readonly site?: string;
  /** Location references; empty: every unit of the site. */
  readonly units: readonly string[];
  /** Practitioner references; empty: everybody there. Only a pilot names them. */
  readonly clinicians: readonly string[];
  /** What the banner of a restricted model says. */
  readonly restriction?: string;
  readonly rollbackVersion?: string;
}

/** Where advice is about to be seen. What is not known is absent or empty. */
export interface PlaceOfUse {
  readonly site?: string;
  /** Every reference by which records may name this one unit, relative and absolute. */
  readonly units: readonly string[];
  /** Every reference by which records may name this one clinician. */
  readonly clinicians: readonly string[];
}

/**
 * `expired`: the approval has ended and nothing newer was decided; it behaves as `suspended`. `unread`:
 * what the registry says cannot be read, or it gave no answer.
 */
export type StandingCode = ModelState | 'expired' | 'unread';

/** What holds for one model at one place and moment, and the record that says so. */
export interface StandingState {
  readonly code: StandingCode;
  /** ISO 8601: since when it holds; for `expired`, when the approval ended. */
  readonly since?: string;
  readonly record?: ModelStateRecord;
}

/**
 * Clocks of a hospital differ by so much at most. A stop that another device dated this far ahead of
 * this one has begun: who pressed it meant now.
 */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

const STOPS: readonly StandingCode[] = ['suspended', 'retired'];

/** From the one that keeps most from the screen to the one that keeps least. */
const CAUTION: readonly StandingCode[] = [
  'silent',
  'proposed',
  'validated',
  'suspended',
  'retired',
  'expired',
  'unread',
  'restricted',
  'pilot',
  'unknown',
  'active',
];

/**
 * What holds for a model. No record at all: `unknown`. Records, but none for this place: `silent`.
 *
 * The newest record that has begun and fits the place counts, by its start and not by how narrow its
 * place is. Nothing that was put on record before a stop undoes it, whatever its start: a step planned
 * last week must not lift today's suspension when its day comes. Where the unit or the site is not
 * known, the most cautious state of all places it may be counts.
 *
 * @param records of this one model version, in any order
 * @param now epoch ms by this device's clock
 */
export function standingState(
  records: readonly ModelStateRecord[],
  place: PlaceOfUse,
  now: number,
): StandingState {
  if (records.length === 0) return { code: 'unknown' };
  const at = latestKnown(records, now);
  const standing = possiblePlaces(records, place).map((one) => standingAt(records, one, at));
  return standing.reduce((a, b) => (caution(b) < caution(a) ? b : a));
}

/** The registry wrote `storedAt` by its own clock: its time is no earlier, whatever this device says. */
const latestKnown = (records: readonly ModelStateRecord[], now: number): number =>
  Math.max(now, ...records.flatMap(({ storedAt }) => storedAt ?? []));

const caution = ({ code }: StandingState): number => CAUTION.indexOf(code);

/** One place where everything is known; else each that a record tells apart, and any other. */
function possiblePlaces(
  records: readonly ModelStateRecord[],
  place: PlaceOfUse,
): readonly PlaceOfUse[] {
  const sites =
    place.site === undefined
      ? [undefined, ...new Set(records.flatMap(({ site }) => site ?? []))]
      : [place.site];
  const units =
    place.units.length === 0
      ? [[], ...[...new Set(records.flatMap((one) => one.units))].map((unit) => [unit])]
      : [place.units];
  const { clinicians } = place;
  return sites.flatMap((site) =>
    units.map((some) => ({ ...(site !== undefined && { site }), units: some, clinicians })),
  );
}

function standingAt(
  records: readonly ModelStateRecord[],
  place: PlaceOfUse,
  now: number,
): StandingState {
  const begun = records.filter((one) => isFor(one, place) && hasBegun(one, now));
  const [newest] = begun.filter((one) => !begun.some((stop) => undoes(stop, one))).sort(byAge);
  if (newest === undefined) return { code: 'silent' };
  if (hasEnded(newest, now))
    return { code: 'expired', ...(newest.until && { since: newest.until }), record: newest };
  const code = isListed(newest, place) ? codeOf(newest) : 'silent';
  return { code, ...(newest.from && { since: newest.from }), record: newest };
}

/** A state of which this app has no notion is none to show advice by. */
const codeOf = ({ state }: ModelStateRecord): StandingCode =>
  state === 'unknown' ? 'unread' : state;

const isFor = ({ site, units }: ModelStateRecord, place: PlaceOfUse): boolean =>
  (site === undefined || site === place.site) && (units.length === 0 || shares(units, place.units));

/** A pilot that names clinicians is silent for all others, whatever held there before. */
const isListed = ({ clinicians }: ModelStateRecord, place: PlaceOfUse): boolean =>
  clinicians.length === 0 || shares(clinicians, place.clinicians);

const shares = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((one) => b.includes(one));

const isStop = ({ state }: ModelStateRecord): boolean => STOPS.includes(state);

const startOf = ({ from }: ModelStateRecord): number =>
  (from === undefined ? undefined : instantRange(from)?.earliest) ?? Number.NEGATIVE_INFINITY;

const recordedAt = (one: ModelStateRecord): number => one.recordedAt ?? startOf(one);

const hasBegun = (one: ModelStateRecord, now: number): boolean =>
  startOf(one) <= now + (isStop(one) ? CLOCK_TOLERANCE_MS : 0);

function hasEnded({ until, unreadableEnd = false }: ModelStateRecord, now: number): boolean {
  if (until === undefined) return unreadableEnd;
  return (instantRange(until)?.latest ?? Number.NEGATIVE_INFINITY) < now;
}

/** Whether `stop` takes from `other` its say: it begins as late or later, or was decided later. */
const undoes = (stop: ModelStateRecord, other: ModelStateRecord): boolean =>
  isStop(stop) &&
  !isStop(other) &&
  (startOf(other) < startOf(stop) || recordedAt(other) <= recordedAt(stop));

/** The newest first: by start, then by when it was put on record, a stop before anything else. */
const byAge = (a: ModelStateRecord, b: ModelStateRecord): number =>
  compare(startOf(b), startOf(a)) ||
  compare(recordedAt(b), recordedAt(a)) ||
  Number(isStop(b)) - Number(isStop(a)) ||
  a.id.localeCompare(b.id);

/** Subtraction would make a number of two infinities that is none. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
