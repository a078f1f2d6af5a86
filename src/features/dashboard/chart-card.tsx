import { type ReactNode, Suspense, useMemo } from 'react';
import { ChartFrame } from '#src/ui/chart-frame.tsx';
import { TwinTable } from '#src/ui/twin-table.tsx';
import classes from './chart-card.module.css';
import { useDashboard } from './dashboard-context.ts';
import type { Definition } from './definitions.ts';
import { type Draw, PlotFigure } from './plot-figure.tsx';
import { forMinutes } from './sheets/for-minutes.ts';
import { type Row, rowsTotal, type Sheet, soFar } from './sheets/sheet.ts';
import { countText, figureText, LEFT_OUT, methodText } from './words.ts';

export interface ChartCardProps<S extends Sheet> {
  readonly title: string;
  readonly unit: string;
  /** What n counts: "displays". */
  readonly counted: string;
  readonly definition: Definition;
  readonly sheet: S;
  readonly draw: (shown: S) => Draw;
  /** What there is to see, in a sentence, of the rows that are shown. */
  readonly summary: (shown: Sheet) => string;
  /** Keys to what is drawn. */
  readonly legend?: ReactNode;
  /** In place of what the figures say of their intervals. */
  readonly method?: string;
  /** Said where nothing was counted. */
  readonly none?: string;
  /** Rows that must not be listed outside the store: clinicians. */
  readonly rowsStay?: boolean;
}

/** A sheet as chart and table; in the form for minutes both without small counts. */
export function ChartCard<S extends Sheet>(props: ChartCardProps<S>) {
  const { title, unit, counted, definition, sheet, draw, summary, legend, method } = props;
  const { filter, freshness, onBehind } = useDashboard();
  const { asOf } = freshness;
  const minutes = filter.form === 'minutes';
  const shown = useMemo(() => {
    const marked = soFar(sheet, asOf);
    return minutes ? { ...marked, ...forMinutes(marked) } : marked;
  }, [minutes, sheet, asOf]);
  const drawing = useMemo(() => draw(shown), [draw, shown]);
  const n = rowsTotal(sheet);
  const small = minutes && n <= 10;
  const empty = nothingToDraw(shown, props.none);
  const hideRows = minutes && props.rowsStay === true;
  return (
    <ChartFrame
      definition={<DefinitionList {...definition} />}
      method={method ?? methodText(sheet)}
      n={`n = ${small ? LEFT_OUT : countText(n)} ${counted}`}
      table={(open) => (
        <Twin
          name={title}
          onBehind={open && !minutes ? onBehind : undefined}
          sheet={hideRows ? { ...shown, rows: [] } : shown}
        />
      )}
      title={title}
      unit={unit}
    >
      {legend}
      {empty ? (
        <p className={classes.empty}>{empty}</p>
      ) : (
        <Suspense fallback={<div className={classes.waiting} />}>
          <PlotFigure
            draw={drawing}
            onPick={
              minutes ? undefined : onBehind && ((row: Row) => row.behind && onBehind(row.behind))
            }
            summary={summary(shown)}
          />
        </Suspense>
      )}
    </ChartFrame>
  );
}

/** Why there is no chart; undefined where there is one. */
function nothingToDraw(
  { rows }: Sheet,
  none = 'Nothing was counted here in this period.',
): string | undefined {
  if (rows.length === 0) return none;
  const some = rows.some(({ figures }) => figures.some((one) => one?.value !== undefined));
  return some ? undefined : 'Too few to be drawn; the table has the counts that may be shown.';
}

interface TwinProps {
  readonly name: string;
  readonly sheet: Sheet;
  readonly onBehind: ((behind: NonNullable<Row['behind']>) => void) | undefined;
}

function Twin({ name, sheet, onBehind }: TwinProps) {
  const { rowsAre, parts, total, figures, rows, sums } = sheet;
  const marked = rows.some(({ mark }) => mark !== undefined);
  const count = (one: number | undefined): string =>
    one === undefined ? LEFT_OUT : countText(one);
  const head = (row: Row): ReactNode => {
    const { behind, label, group } = row;
    const words = group === undefined ? label : `${label} · ${group}`;
    if (!behind || !onBehind) return words;
    return (
      <button className={classes.behind} onClick={() => onBehind(behind)} type="button">
        {words}
      </button>
    );
  };
  return (
    <TwinTable
      heads={[
        rowsAre,
        ...parts,
        ...(total === undefined ? [] : [total]),
        ...figures,
        ...(marked ? ['Place'] : []),
      ]}
      name={name}
      rows={rows.map((row) => ({
        key: row.key,
        cells: [
          head(row),
          ...row.parts.map(count),
          ...(total === undefined ? [] : [count(row.total)]),
          ...row.figures.map(figureText),
          ...(marked ? [row.mark] : []),
        ],
      }))}
      {...(sums && {
        sums: ['All', ...sums.map(count)],
      })}
    />
  );
}

function DefinitionList({ says, numerator, denominator, leftOut, not, source }: Definition) {
  return (
    <dl>
      <dt>Says</dt>
      <dd>{says}</dd>
      <dt>Numerator</dt>
      <dd>{numerator}</dd>
      <dt>Denominator</dt>
      <dd>{denominator}</dd>
      <dt>Left out</dt>
      <dd>{leftOut}</dd>
      <dt>Does not say</dt>
      <dd>{not}</dd>
      <dt>Source</dt>
      <dd>{source}</dd>
    </dl>
  );
}
