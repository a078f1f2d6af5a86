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
  cells: ({ displayed, response, disagreement, clinicians_decided }) => ({
    fired: 1,
    ...(displayed && { displayed: 1 }),
    ...(response !== null && { decided: 1 }),
    ...(follows(response) && { followed: 1 }),
    ...(clinicians_decided > 1 && { several: 1 }),
    ...(disagreement && { disagreed: 1 }),
  }),
  figures: (counts) => [
    count('fired', total(counts, 'fired')),
    clusteredShare('displayed of fired', counts, ['displayed'], ['fired']),
    clusteredShare('decided of fired', counts, ['decided'], ['fired']),
    clusteredShare('followed of fired', counts, ['followed'], ['fired']),
    clusteredShare('followed of decided', counts, ['followed'], ['decided']),
    clusteredShare('disagreement of decided by several', counts, ['disagreed'], ['several']),
  ],
};
