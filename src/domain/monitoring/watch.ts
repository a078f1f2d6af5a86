import { shareOf } from '#src/domain/statistics/angle.ts';
import { zOf } from '#src/domain/statistics/interval.ts';
import {
  type Measured,
  noiseOf,
  type ShiftQuestion,
  type ShiftState,
  shiftScan,
} from '#src/domain/statistics/shift-scan.ts';
import { LEAST_ROWS, LEAST_WEEKS, limitOf } from './settings.ts';
import type { Place, SeriesPoint, Signal, SignalName } from './signal.ts';

export const NOWHERE: Place = {
  model_id: null,
  model_version: null,
  site: null,
  unit: null,
  group: null,
  reason: null,
};

/** One thing that one signal watches: weekly counts, what is measured of them, and the question. */
export interface Stream {
  readonly place: Place;
  /** What the share is of, in words. */
  readonly what: string;
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
  /** What is tested: the share on the arcsine scale, or its difference from that of others. */
  readonly series: readonly Measured[];
  readonly question: ShiftQuestion;
  /**
   * Level on the arcsine scale that a difference is added to, for words and charts: that of the others
   * in each week; absent where the share itself is tested.
   */
  readonly others?: readonly number[];
  /** Weeks since the change below which it is none; absent: `LEAST_WEEKS`. */
  readonly leastWeeks?: number;
  /** How much of the budget it gets, beside the 1 of others; what matters less gets less. */
  readonly weight?: number;
  /** What must hold besides, from week `since` to week `at`; absent: nothing. */
  readonly relevant?: (since: number, at: number) => boolean;
}

const SIGMAS = 3;

/**
 * All streams of one signal. Those of a model share its budget of false alarms, by how many of them have
 * begun; those of a kind share their overdispersion, whatever the model: it is the hospital's.
 */
export function watch(
  name: SignalName,
  weeks: readonly string[],
  streams: readonly Stream[],
): readonly Signal[] {
  const families = Map.groupBy(streams, family);
  const noises = new Map(
    [...families].map(([key, same]) => [key, noiseOf(same.map(({ series }) => series))]),
  );
  const models = Map.groupBy(streams, ({ place }) => place.model_id);
  const begun = new Map(
    [...models].map(([model, same]) => [
      model,
      weeks.map((_, t) => weightOf(same.filter(startedBy(t)))),
    ]),
  );
  return streams.flatMap((stream) => {
    const limitAt = (t: number): number =>
      limitOf(name, (begun.get(stream.place.model_id)?.[t] ?? 1) / (stream.weight ?? 1));
    const states = shiftScan(stream.series, stream.question, noises.get(family(stream)));
    const beyond = states.map(
      (state, t) =>
        state.statistic >= limitAt(t) &&
        t - state.since + 1 >= (stream.leastWeeks ?? LEAST_WEEKS) &&
        rows(stream, state.since, t) >= LEAST_ROWS &&
        (stream.relevant?.(state.since, t) ?? true),
    );
    const at = beyond.indexOf(true);
    const state = states[at];
    if (!state) return [];
    return [
      {
        ...stream.place,
        name,
        since: weeks[state.since] ?? '',
        raisedAt: weeks[at] ?? '',
        current: beyond.at(-1) ?? false,
        statistic: state.statistic,
        limit: limitAt(at),
        effect: effect(stream, state, at),
        n: rows(stream, state.since, at),
        series: chart(stream, state, weeks),
      },
    ];
  });
}

const weightOf = (streams: readonly Stream[]): number =>
  streams.reduce((sum, { weight = 1 }) => sum + weight, 0);

const startedBy =
  (t: number) =>
  ({ series }: Stream): boolean =>
    series.slice(0, t + 1).some(({ v }) => v < Infinity);

/** Shares of the same thing, held against the same kind of thing, are alike restless. */
const family = ({ what, others }: Stream): string => `${what} ${others === undefined}`;

const rows = ({ denominator }: Stream, from: number, to: number): number =>
  denominator.slice(from, to + 1).reduce((sum, n) => sum + n, 0);

/** The level of the others over some weeks, weighed as the stream is; 0 where the share is tested. */
function othersOver({ others, series }: Stream, from: number, to: number): number {
  if (!others) return 0;
  let sum = 0;
  let weight = 0;
  for (let t = from; t <= to; t++) {
    const w = 1 / (series[t]?.v ?? Infinity);
    sum += w * (others[t] ?? 0);
    weight += w;
  }
  return sum / weight;
}

function effect(stream: Stream, { since, now, before }: ShiftState, at: number) {
  const level = othersOver(stream, since, at);
  const half = zOf(0.95) * Math.sqrt(now.v);
  return {
    what: stream.what,
    kind: 'share' as const,
    now: shareOf(level + now.y),
    interval: { low: shareOf(level + now.y - half), high: shareOf(level + now.y + half) },
    before: shareOf(level + before),
  };
}

function chart(
  stream: Stream,
  state: ShiftState,
  weeks: readonly string[],
): readonly SeriesPoint[] {
  return weeks.map((week, t) => {
    const numerator = stream.numerator[t] ?? 0;
    const denominator = stream.denominator[t] ?? 0;
    const v = stream.series[t]?.v ?? Infinity;
    const centre = (stream.others?.[t] ?? 0) + state.before;
    const half = SIGMAS * Math.sqrt(state.dispersion * v);
    const seen = denominator > 0 && v < Infinity;
    return {
      week,
      numerator,
      denominator,
      value: denominator > 0 ? numerator / denominator : null,
      centre: shareOf(centre),
      low: seen ? shareOf(centre - half) : null,
      high: seen ? shareOf(centre + half) : null,
    };
  });
}

/** Several questions about one thing are one signal: the one that was raised first. */
export const earliest = (found: readonly Signal[]): readonly Signal[] =>
  found
    .toSorted((a, b) => (a.raisedAt < b.raisedAt ? -1 : a.raisedAt > b.raisedAt ? 1 : 0))
    .slice(0, 1);
