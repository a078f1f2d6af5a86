import { groupsOf } from '#src/domain/metrics/contrast.ts';
import { type Counts, EMPTY, merge, total } from '#src/domain/metrics/counts.ts';
import { RELEVANT } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, type Stream, watch } from '../watch.ts';
import type { Reading, WeeklyCounts } from '../weeks.ts';
import { againstOthers } from './against-others.ts';

/**
 * The same advice is followed less for one group of patients than for the others of the same dimension,
 * in the same weeks and inside the same units.
 */
export function responseDisparity(reading: Reading): readonly Signal[] {
  const units = reading.of('monitor-equity', ['model', 'unit']);
  const models = [...Map.groupBy(units, ({ slice }) => slice[0] ?? null)];
  const streams = models.flatMap(([model_id, slices]) => {
    const groups = groupsOf(
      slices.flatMap(({ weeks }) => weeks).reduce(merge, EMPTY),
      'decided',
    ).map(([group]) => group);
    return groups.toSorted().map((group) => streamOf(model_id, group, groups, slices, reading));
  });
  return watch('response-disparity', reading.weeks, streams);
}

function streamOf(
  model_id: string | null,
  group: string,
  groups: readonly string[],
  units: readonly WeeklyCounts[],
  { weeks }: Reading,
): Stream {
  const [dimension = '', value = ''] = split(group);
  const others = groups.filter((one) => one !== group && split(one)[0] === dimension);
  return againstOthers(
    { ...NOWHERE, model_id, group: { dimension, value } },
    'followed, of decided',
    weeks.map((_, t) =>
      units.map((unit) => {
        const counts = unit.weeks[t] ?? EMPTY;
        return {
          x: of(counts, [group], 'followed'),
          n: of(counts, [group], 'decided'),
          otherX: of(counts, others, 'followed'),
          otherN: of(counts, others, 'decided'),
        };
      }),
    ),
    { direction: -1, shift: RELEVANT['response-disparity'], spread: 0 },
  );
}

const of = (counts: Counts, groups: readonly string[], cell: string): number =>
  total(counts, ...groups.map((group) => `${group}\u001f${cell}`));

/** Dimension and value; a dimension has no space. */
function split(group: string): readonly [string, string] {
  const at = group.indexOf(' ');
  return [group.slice(0, at), group.slice(at + 1)];
}
