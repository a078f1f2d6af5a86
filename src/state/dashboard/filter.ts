import { blockOf } from '#src/domain/aggregates/blocks.ts';

/** Patient groups between which parity is asked; one at a time on a page. */
export const GROUPINGS = ['age', 'sex', 'race', 'language', 'payer'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Along what adoption is laid out; one at a time on a page. */
export const LAYOUTS = ['role', 'risk-band', 'unit'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Who reads it: with exact counts on a screen, or as a form for minutes, without small ones. */
export type Form = 'screen' | 'minutes';

/** What a view of the dashboard shows; all of it stands in its address, and none of it is a patient. */
export interface DashboardFilter {
  readonly model: string | undefined;
  readonly site: string | undefined;
  readonly unit: string | undefined;
  /** Monday of the first and of the last block of four weeks. */
  readonly from: string;
  readonly to: string;
  readonly group: Grouping;
  readonly by: Layout;
  readonly form: Form;
}

/** As it stands in an address: what is not said is the default. */
export type DashboardSearch = Partial<Record<keyof DashboardFilter, string>>;

const DAY_MS = 86_400_000;
export const BLOCK_MS = 28 * DAY_MS;
/** Up to twelve weeks: a server with a million decisions then sends at most 300 kB more than a small one. */
const USUAL_BLOCKS = 3;
const LONGEST = 200;
const MONDAY = /^\d{4}-\d{2}-\d{2}$/;

export const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Whatever an address holds, as a filter that can be used; what makes no sense is left out. */
export function toSearch(raw: Readonly<Record<string, unknown>>): DashboardSearch {
  const word = (name: keyof DashboardFilter): DashboardSearch => {
    const value = raw[name];
    const fits = typeof value === 'string' && value !== '' && value.length <= LONGEST;
    return fits ? { [name]: value } : {};
  };
  const monday = (name: 'from' | 'to'): DashboardSearch => {
    const value = raw[name];
    const fits =
      typeof value === 'string' && MONDAY.test(value) && !Number.isNaN(Date.parse(value));
    return fits ? { [name]: blockOf(value) } : {};
  };
  const group = GROUPINGS.find((one) => one === raw.group && one !== 'age');
  const by = LAYOUTS.find((one) => one === raw.by && one !== 'role');
  return {
    ...word('model'),
    ...word('site'),
    ...word('unit'),
    ...monday('from'),
    ...monday('to'),
    ...(group && { group }),
    ...(by && { by }),
    ...(raw.form === 'minutes' && { form: 'minutes' }),
  };
}

/** @param now epoch ms: without dates in the address, the last three blocks. */
export function filterOf(search: DashboardSearch, now: number): DashboardFilter {
  const to = search.to ?? blockOf(dayText(now));
  const usual = dayText(Date.parse(to) - (USUAL_BLOCKS - 1) * BLOCK_MS);
  const from = search.from ?? usual;
  return {
    model: search.model,
    site: search.site,
    unit: search.unit,
    from: from > to ? to : from,
    to,
    group: GROUPINGS.find((one) => one === search.group) ?? 'age',
    by: LAYOUTS.find((one) => one === search.by) ?? 'role',
    form: search.form === 'minutes' ? 'minutes' : 'screen',
  };
}
