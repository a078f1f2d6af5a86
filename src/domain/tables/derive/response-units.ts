import { makeRow } from '../column.ts';
import type { DecisionRow } from '../decisions.ts';
import type { ExposureRow } from '../exposures.ts';
import { RESPONSE_UNITS, type ResponseUnit } from '../response-units.ts';
import { byDecision, counts, heads, unreplaced } from './heads.ts';
import { CLOCK_TOLERANCE_MS, RESPONSE_WINDOW_MS } from './settings.ts';

type UnitKey = Pick<DecisionRow, 'recommendation_id' | 'recommendation_version' | 'clinician_id'>;

/** Keys are tokens or references: neither holds a control character. */
export const recommendationKey = (row: Omit<UnitKey, 'clinician_id'>): string =>
  `${row.recommendation_id}\u0000${row.recommendation_version}`;
export const unitKey = (row: UnitKey): string =>
  `${recommendationKey(row)}\u0000${row.clinician_id}`;

type Word = NonNullable<ResponseUnit['response']>;

const wordOf = (row: DecisionRow | undefined): Word | null =>
  row === undefined || row.response === 'withdrawn' || row.response === 'unknown'
    ? null
    : row.response;

/** A time that the server's clock contradicts is as late as the server says. */
export const decidedAt = (row: DecisionRow): number | null =>
  row.time_quality === 'ahead-of-server' ? row.recorded_at : row.decided_at;

/** An answer without an exact time was given, so it is not taken for none. */
function within(row: DecisionRow, start: number | null, windowMs: number): boolean {
  const at = decidedAt(row);
  return at === null || start === null || at <= start + windowMs;
}

/** Answers that a withdrawal, or something that cannot be read, has taken back; whoever wrote it. */
const takenBack = (rows: readonly DecisionRow[]): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({ status, response, replaces_id }) =>
      status === 'final' && (response === 'withdrawn' || response === 'unknown')
        ? (replaces_id ?? [])
        : [],
    ),
  );

/** What holds for all units of one call. */
interface Frame {
  readonly windowMs: number;
  readonly takenBack: ReadonlySet<string>;
}

/**
 * A later change of mind does not rewrite what was answered in time; taking an answer back does,
 * whenever it comes, since that must mean the same on servers that mark and servers that add.
 */
const answersInTime = (
  rows: readonly DecisionRow[],
  start: number | null,
  frame: Frame,
): readonly DecisionRow[] =>
  rows.length === 0
    ? rows
    : unreplaced(rows.filter((row) => within(row, start, frame.windowMs)))
        .filter((row) => counts(row) && !frame.takenBack.has(row.decision_id))
        .toSorted(byDecision);

const lastHead = (rows: readonly DecisionRow[], frame: Frame): DecisionRow | undefined =>
  heads(rows)
    .filter((row) => !frame.takenBack.has(row.decision_id))
    .toSorted(byDecision)
    .at(-1);

/** From a recorded display only: an implied one was dated by the answer itself. */
function elapsed(row: DecisionRow | undefined, first: ExposureRow): number | null {
  if (row === undefined || row.time_quality !== 'ok' || row.decided_at === null) return null;
  if (first.displayed_at === null || first.implied) return null;
  const ms = row.decided_at - first.displayed_at;
  return ms < -CLOCK_TOLERANCE_MS ? null : Math.max(0, ms);
}

const byDisplay = (a: ExposureRow, b: ExposureRow): number =>
  (a.displayed_at ?? Infinity) - (b.displayed_at ?? Infinity) ||
  (a.exposure_id < b.exposure_id ? -1 : 1);

function toUnit(
  first: ExposureRow,
  exposures: readonly ExposureRow[],
  decisions: readonly DecisionRow[],
  frame: Frame,
): ResponseUnit {
  const start = first.displayed_at;
  const inTime = answersInTime(decisions, start, frame);
  const answer = inTime.at(-1);
  return makeRow(RESPONSE_UNITS, {
    ...first,
    displayed_at: start,
    displays: exposures.length,
    implied: exposures.every((one) => one.implied),
    response: wordOf(answer),
    decision_id: answer?.decision_id,
    decided_at: answer?.decided_at,
    reason_code: answer?.reason_code,
    reason_owner: answer?.reason_owner,
    dwell_ms: answer?.dwell_ms,
    elapsed_ms: elapsed(answer, first),
    was_deferred: decisions.some(
      (row) =>
        row.status === 'final' && row.response === 'deferred' && within(row, start, frame.windowMs),
    ),
    final_response: wordOf(lastHead(decisions, frame)),
    conflict: inTime.length > 1,
  });
}

/**
 * One row for each recommendation version × clinician that was displayed, with the answer given
 * within the window (default 24 h) of the first display. Pass exposures with the implied ones among
 * them (`implied-exposures.ts`); retracted ones count nowhere. Answers to another version of the
 * recommendation are another unit, also where they replace one of this.
 */
export function responseUnits(
  exposures: readonly ExposureRow[],
  decisions: readonly DecisionRow[],
  windowMs = RESPONSE_WINDOW_MS,
): readonly ResponseUnit[] {
  const answers = Map.groupBy(decisions, unitKey);
  const shown = Map.groupBy(
    exposures.filter(({ status }) => status === 'final'),
    unitKey,
  );
  const frame = { windowMs, takenBack: takenBack(decisions) };
  return [...shown]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, group]) => {
      const inOrder = group.toSorted(byDisplay);
      const [first] = inOrder;
      return first ? [toUnit(first, inOrder, answers.get(key) ?? [], frame)] : [];
    });
}
