import { DECIDED } from '#src/domain/metrics/adoption.ts';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import type { Form } from '#src/state/dashboard/filter.ts';
import { cells } from '../sheets/over-time.ts';

export const ADOPTION_VIEW = 'adoption-weekly';

const FIGURES = [
  ['Followed of decided', 'acceptance of decided'],
  ['Followed of displayed', 'acceptance of displayed'],
] as const;

/** Every display ends in one of these: parts that add up to D. */
const ADOPTION_COLUMNS = {
  parts: [
    ['Accepted', cells('accepted')],
    ['With changes', cells('modified')],
    ['Overridden', cells('overridden')],
    ['Deferred', cells('deferred')],
    ['No answer', (counts: Counts) => total(counts, 'displayed') - total(counts, 'responded')],
  ],
  total: 'Displayed',
  figures: FIGURES,
} as const;

/** Fewer and larger parts, of which fewer are small: both shares can be made of them. */
const ADOPTION_IN_MINUTES = {
  parts: [
    ['Followed', cells('accepted', 'modified')],
    ['Overridden', cells('overridden')],
    ['Undecided', (counts: Counts) => total(counts, 'displayed') - total(counts, ...DECIDED)],
  ],
  total: 'Displayed',
  figures: FIGURES,
} as const;

export const adoptionColumns = (form: Form) =>
  form === 'minutes' ? ADOPTION_IN_MINUTES : ADOPTION_COLUMNS;
