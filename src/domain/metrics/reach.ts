import { follows } from './adoption.ts';
import { total } from './counts.ts';
import type { Reach } from './facts/reach.ts';
import { clusteredShare, count } from './figure.ts';
import type { Metric } from './metric.ts';

/**
 * From fired to seen to answered, at recommendation level: F, the share that anybody saw, the first
 * answer that is no deferral, and where clinicians disagreed. A model that nobody opens has no
 * overrides: only this metric sees it die. Unit: recommendation version; clusters: hospital units.
 * Excluded: cancelled and erroneous ones. Source: metrics.md "Rules".
 */
export const reach: Metric<Reach> = {
  name: 'reach',
  cluster: ({ unit }) => unit ?? '',
  cells: ({ displayed, response, disagreement, clinicians_decided }) => {
    const cells: Record<string, number> = { fired: 1 };
    if (displayed) cells.displayed = 1;
    if (response !== null) cells.decided = 1;
    if (follows(response)) cells.followed = 1;
    if (clinicians_decided > 1) cells.several = 1;
    if (disagreement) cells.disagreed = 1;
    return cells;
  },
  figures: (counts) => [
    count('fired', total(counts, 'fired')),
    clusteredShare('displayed of fired', counts, ['displayed'], ['fired']),
    clusteredShare('decided of fired', counts, ['decided'], ['fired']),
    clusteredShare('followed of fired', counts, ['followed'], ['fired']),
    clusteredShare('followed of decided', counts, ['followed'], ['decided']),
    clusteredShare('disagreement of decided by several', counts, ['disagreed'], ['several']),
  ],
};
