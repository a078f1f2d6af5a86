import { type Counts, total } from '#src/domain/metrics/counts.ts';
import { cells } from '../sheets/over-time.ts';

export const ADOPTION_VIEW = 'adoption-weekly';

/** Every display ends in one of these: parts that add up to D. */
export const ADOPTION_COLUMNS = {
  parts: [
    ['Accepted', cells('accepted')],
    ['With changes', cells('modified')],
    ['Overridden', cells('overridden')],
    ['Deferred', cells('deferred')],
    ['No answer', (counts: Counts) => total(counts, 'displayed') - total(counts, 'responded')],
  ],
  total: 'Displayed',
  figures: [
    ['Followed of decided', 'acceptance of decided'],
    ['Followed of displayed', 'acceptance of displayed'],
  ],
} as const;
