import { DECIDED, FOLLOWED } from '#src/domain/metrics/adoption.ts';
import { RELEVANT } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, type Stream, watch } from '../watch.ts';
import { type Reading, sums, type WeeklyCounts } from '../weeks.ts';
import { ownPast } from './own-past.ts';

const WHAT = 'followed, of decided';

interface Version {
  readonly version: string | null;
  readonly followed: readonly number[];
  readonly decided: readonly number[];
  /** Index of its first week with an answer. */
  readonly start: number;
}

/**
 * Following falls. A version is held against what went before it, and only from its first week on; the
 * model as a whole against its own past. Where a version explains it, the model is not named as well.
 */
export function overrideShift(reading: Reading): readonly Signal[] {
  const all = reading.of('monitor-adoption', ['model', 'version']);
  const models = [...Map.groupBy(all, ({ slice }) => slice[0] ?? null)];
  const streams = models.flatMap(([model_id, slices]) => {
    const versions = slices.map(versionOf).toSorted((a, b) => a.start - b.start);
    const [first] = versions;
    if (!first) return [];
    const later = versions.filter(({ start }) => start > first.start);
    return [
      ...later.map((one) => versionStream(model_id, one, versions)),
      ownPast({ ...NOWHERE, model_id }, WHAT, pooled(versions), -1, RELEVANT['override-shift']),
    ];
  });
  const found = watch('override-shift', reading.weeks, streams);
  return [...Map.groupBy(found, ({ model_id }) => model_id).values()].flatMap((same) => {
    const named = same.filter(({ model_version }) => model_version !== null);
    return named.length > 0 ? named : same;
  });
}

function versionOf({ slice, weeks }: WeeklyCounts): Version {
  const of = (cells: readonly string[]): readonly number[] => sums(weeks, ...cells);
  const decided = of(DECIDED);
  return {
    version: slice[1] ?? null,
    followed: of(FOLLOWED),
    decided,
    start: decided.findIndex((n) => n > 0),
  };
}

/** Weeks of the versions before it, then its own. */
function versionStream(model_id: string | null, one: Version, all: readonly Version[]): Stream {
  const [before, decidedBefore] = pooled(all.filter(({ start }) => start < one.start));
  const spliced = (own: readonly number[], earlier: readonly number[]) =>
    own.map((n, t) => (t < one.start ? (earlier[t] ?? 0) : n));
  const stream = ownPast(
    { ...NOWHERE, model_id, model_version: one.version },
    WHAT,
    [spliced(one.followed, before), spliced(one.decided, decidedBefore)],
    -1,
    RELEVANT['override-shift'],
  );
  return { ...stream, question: { ...stream.question, earliest: one.start } };
}

function pooled(versions: readonly Version[]): readonly [readonly number[], readonly number[]] {
  const sum = (of: 'followed' | 'decided'): readonly number[] =>
    (versions[0]?.[of] ?? []).map((_, t) =>
      versions.reduce((all, each) => all + (each[of][t] ?? 0), 0),
    );
  return [sum('followed'), sum('decided')];
}
