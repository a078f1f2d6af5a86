import { entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { DECIDED, FOLLOWED } from '#src/domain/metrics/adoption.ts';
import { total } from '#src/domain/metrics/counts.ts';
import type { Facts } from '#src/domain/metrics/facts/facts.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import { LEFT_OUT, rowShown, shareText } from './meeting-pack-text.ts';

export const ADOPTION_HEAD = [
  'Model',
  'Version',
  'Shown',
  'Followed',
  'Overridden',
  'Deferred or no answer',
  'Followed, of shown',
  'Overridden, of shown',
] as const;

const BY = ['model', 'version'] as const;

/**
 * What was done with what was shown, by model version: counts of 1–10 are left out, and whatever would
 * give them away; a share stands only beside counts that do.
 * @param from `YYYY-MM-DD`, and later: weeks that begin then
 */
export function adoptionRows(facts: Facts, from: string): readonly (readonly string[])[] {
  const entry = entryOf('adoption');
  const counted = regroup(entry.count(facts, [...BY, 'week']), [...BY, 'week'], BY, {
    where: (slice) => (slice.at(-1) ?? '') >= from,
  });
  const slices = [...counted.values()];
  const figures = entry.figures(counted, BY);
  return slices.map(({ slice, counts }) => {
    const did = total(counts, ...FOLLOWED);
    const not = total(counts, ...DECIDED) - did;
    const { cells, sum: all } = rowShown([did, not, total(counts, 'displayed') - did - not]);
    const [followed, overridden, rest] = cells;
    const own = figures.find((one) => JSON.stringify(one.slice) === JSON.stringify(slice));
    const share = (name: string, count: number | undefined): string =>
      count === undefined || all === undefined ? LEFT_OUT : shareOf(own?.figures, name);
    return [
      ...slice.map((name) => name ?? 'not recorded'),
      ...[all, followed, overridden, rest].map((count) => count?.toString() ?? LEFT_OUT),
      share('acceptance of displayed', followed),
      share('override of displayed', overridden),
    ];
  });
}

function shareOf(figures: readonly Figure[] | undefined, name: string): string {
  const found = figures?.find((one) => one.name === name);
  return found?.value === undefined ? 'too few' : shareText(found.value, found.interval);
}
