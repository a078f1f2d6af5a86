import { useMemo } from 'react';
import { useDashboard } from './dashboard-context.ts';
import { forMinutes } from './sheets/for-minutes.ts';
import type { Sheet } from './sheets/sheet.ts';
import classes from './tiles.module.css';
import { countText, LEFT_OUT } from './words.ts';

/** What became of the displays of the whole period: parts of a sheet that add up to its total. */
export function Tiles({ sheet }: { readonly sheet: Sheet }) {
  const { filter } = useDashboard();
  const whole = useMemo(
    () => (filter.form === 'minutes' ? forMinutes(sheet) : sheet),
    [filter.form, sheet],
  );
  const sums = whole.sums ?? [];
  const exact = sheet.sums ?? [];
  const total = exact.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const known = sums.every((one) => one !== undefined);
  const share = (count: number): string =>
    total === 0 ? '' : `${((100 * count) / total).toFixed(0)} %`;
  return (
    <dl className={classes.tiles}>
      <div className={classes.tile}>
        <dt>{sheet.total}</dt>
        <dd>{known ? countText(total) : LEFT_OUT}</dd>
      </div>
      {sheet.parts.map((head, at) => {
        const count = sums[at];
        return (
          <div className={classes.tile} key={head}>
            <dt>{head}</dt>
            <dd>
              {count === undefined ? LEFT_OUT : countText(count)}
              {count !== undefined && known && <small>{share(count)}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
