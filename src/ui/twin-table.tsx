import type { ReactNode } from 'react';
import classes from './twin-table.module.css';

export interface TwinTableProps {
  /** Accessible name: that of the chart. */
  readonly name: string;
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    /** The first is the row's own name. */
    readonly cells: readonly ReactNode[];
  }[];
  /** Words rather than numbers: set from the left. */
  readonly words?: boolean;
  /** A last row of sums. */
  readonly sums?: readonly ReactNode[];
}

/** What a chart shows, in numbers. */
export function TwinTable({ name, heads: said, rows, sums, words = false }: TwinTableProps) {
  // Two heads may read alike. Their cells must not be taken for one another when rows change: what
  // should have gone would stay, and small counts with it.
  const heads = said.map((head, at) => ({ head, key: `${at} ${head}` }));
  return (
    <table aria-label={name} className={classes.table} data-words={words}>
      <thead>
        <tr>
          {heads.map(({ head, key }) => (
            <th key={key} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            <Cells cells={cells} heads={heads} />
          </tr>
        ))}
      </tbody>
      {sums && (
        <tfoot>
          <tr>
            <Cells cells={sums} heads={heads} />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Cells({
  cells,
  heads,
}: {
  readonly cells: readonly ReactNode[];
  readonly heads: readonly { readonly key: string }[];
}) {
  return heads.map(({ key }, at) =>
    at === 0 ? (
      <th key={key} scope="row">
        {cells[0]}
      </th>
    ) : (
      <td key={key}>{cells[at]}</td>
    ),
  );
}
