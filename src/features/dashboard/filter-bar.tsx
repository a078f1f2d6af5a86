import { useMemo } from 'react';
import { lastDayOf } from '#src/domain/aggregates/blocks.ts';
import { BLOCK_MS, type DashboardSearch, dayText, filterOf } from '#src/state/dashboard/filter.ts';
import { PLACES, periodOf, usePublished } from '#src/state/dashboard/published.ts';
import { Select } from '#src/ui/select.tsx';
import { useDashboard } from './dashboard-context.ts';
import classes from './filter-bar.module.css';
import { placesIn } from './places.ts';
import { dayWords, lastKnownDay } from './words.ts';

const ALL = '';
/** Two years of blocks can be chosen; an address may reach further back. */
const BLOCKS = 26;

/** Which model, site, unit and weeks. Everything that is chosen stands in the address. */
export function FilterBar({ now }: { readonly now: number }) {
  const { filter, onFilter, names, freshness } = useDashboard();
  const { data } = usePublished(PLACES, periodOf(filter), true);
  const named = useMemo(() => {
    const valuesOf = (dimension: 'model' | 'site' | 'unit'): readonly string[] => {
      const all = placesIn(data?.counts, dimension);
      const chosen = filter[dimension];
      return [...new Set(chosen === undefined ? all : [...all, chosen])];
    };
    const inWords = (dimension: 'model' | 'site' | 'unit', words: (value: string) => string) =>
      valuesOf(dimension)
        .map((value) => [value, words(value)] as const)
        .toSorted(([, a], [, b]) => a.localeCompare(b, 'en'));
    return {
      model: inWords('model', names.modelApart),
      site: inWords('site', (site) => site),
      unit: inWords('unit', names.unit),
    };
  }, [data, filter, names]);
  return (
    <fieldset className={classes.bar}>
      <legend className={classes.legend}>Filter</legend>
      {(['model', 'site', 'unit'] as const).map((dimension) => (
        <Select
          key={dimension}
          label={WORDS[dimension]}
          onChoose={(value) => onFilter({ [dimension]: value === ALL ? undefined : value })}
          options={[[ALL, `All ${dimension}s`], ...named[dimension]]}
          value={filter[dimension] ?? ALL}
        />
      ))}
      <Select
        label="From"
        onChoose={(from) => onFilter({ from })}
        options={blocks(now, filter.from).map((value) => [value, dayWords(value)])}
        value={filter.from}
      />
      <Select
        label="To"
        onChoose={(to) => onFilter({ to, from: filter.from })}
        options={blocks(now, filter.to).map((value) => [
          value,
          dayWords(lastKnownDay(lastDayOf(value), freshness.asOf ?? now)),
        ])}
        value={filter.to}
      />
    </fieldset>
  );
}

const WORDS = { model: 'Model', site: 'Site', unit: 'Unit' } as const;

/** Mondays of blocks of four weeks, the newest first, the chosen one always among them. */
function blocks(now: number, chosen: string): readonly string[] {
  const search: DashboardSearch = {};
  const last = Date.parse(filterOf(search, now).to);
  const all = Array.from({ length: BLOCKS }, (_, i) => dayText(last - i * BLOCK_MS));
  return all.includes(chosen) ? all : [...all, chosen].toSorted().toReversed();
}
