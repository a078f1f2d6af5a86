import { cellText, type Flowsheet, type FlowsheetRow } from '../readers/flowsheet.ts';
import { isAbnormal } from '../readers/observation.ts';
import { clockTime, isToday, shortDay } from '../readers/time.ts';
import { useSession } from '../session.tsx';
import styles from './flowsheet-table.module.css';
import { ScrollRegion } from './scroll-region.tsx';
import { Trend } from './trend.tsx';

interface FlowsheetTableProps {
  readonly sheet: Flowsheet;
  readonly label: string;
}

export function FlowsheetTable({ sheet, label }: FlowsheetTableProps) {
  const now = useSession().clock();
  return (
    <ScrollRegion className={styles.scroll} label={`${label} flowsheet`}>
      <table className={styles.sheet}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Trend</th>
            {sheet.columns.map((column) => (
              <th scope="col" key={column}>
                {!isToday(column, now) && <span className={styles.day}>{shortDay(column)} </span>}
                {clockTime(column, Date.parse(column))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <Row key={row.key} row={row} columns={sheet.columns} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

interface RowProps {
  readonly row: FlowsheetRow;
  readonly columns: readonly string[];
}

function Row({ row, columns }: RowProps) {
  const fine = [row.unit, row.range].filter((part) => part !== undefined).join(' · ');
  return (
    <tr>
      <th scope="row">
        {row.label}
        {row.ai && <abbr title="Written by an AI model"> AI</abbr>}
        {fine !== '' && <span className={styles.fine}>{fine}</span>}
      </th>
      <td>
        <Trend values={row.trend.slice(-24)} />
      </td>
      {columns.map((column, index) => {
        const cell = row.cells[index];
        const abnormal = cell !== undefined && isAbnormal(cell.flag);
        return (
          <td key={column} data-abnormal={abnormal}>
            {cell !== undefined && cellText(cell, row.digits)}
            {abnormal && <span className={styles.flag}> {cell.flag}</span>}
          </td>
        );
      })}
    </tr>
  );
}
