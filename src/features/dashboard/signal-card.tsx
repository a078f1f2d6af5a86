import { Suspense, useId, useMemo, useState } from 'react';
import { isSmall } from '#src/domain/disclosure/count-table.ts';
import { shareMayBeShown } from '#src/domain/disclosure/suppress.ts';
import { nearChanges } from '#src/domain/monitoring/near-changes.ts';
import type { Signal } from '#src/domain/monitoring/signal.ts';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import { findReason } from '#src/domain/reasons.ts';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { Names } from '#src/state/use-names.ts';
import { Button } from '#src/ui/button.tsx';
import { FoldedTable } from '#src/ui/folded-table.tsx';
import { WarningIcon } from '#src/ui/icons.tsx';
import { TwinTable } from '#src/ui/twin-table.tsx';
import { controlChart } from './charts/control-chart.ts';
import { useDashboard } from './dashboard-context.ts';
import { PlotFigure } from './plot-figure.tsx';
import classes from './signal-card.module.css';
import { countText, dayWords, LEFT_OUT } from './words.ts';

/** What was seen, since when, how sure, where; a chart; what usually explains it; what to do next. */
export function SignalCard({ signal }: { readonly signal: Signal }) {
  const { filter, marks, changes, names } = useDashboard();
  const minutes = filter.form === 'minutes';
  const { title, means, usually, next } = SIGNAL_TEXTS[signal.name];
  const series = useMemo(
    () =>
      minutes
        ? signal.series.filter((one) => shareMayBeShown(one.numerator, one.denominator))
        : signal.series,
    [minutes, signal.series],
  );
  const [open, setOpen] = useState(false);
  const id = useId();
  const near = nearChanges(signal, changes);
  const draw = useMemo(
    () => controlChart(series, signal.since, marks),
    [series, signal.since, marks],
  );
  const place = placeWords(signal, names);
  const name = `${title}: ${place}`;
  return (
    <article aria-label={name} className={classes.card} data-current={signal.current}>
      <header className={classes.header}>
        <WarningIcon className={classes.icon} />
        <h3 className={classes.title}>{title}</h3>
        <p className={classes.place}>{place}</p>
      </header>
      <div className={classes.body}>
        <div className={classes.words}>
          <p>
            <strong>{effectWords(signal)}</strong> {sinceWords(signal, minutes)}
          </p>
          <p>{means}</p>
          {near.length > 0 && (
            <p>Near its beginning: {near.map((one) => changeWords(one, changes)).join('; ')}.</p>
          )}
          <dl className={classes.advice}>
            <dt>Usually</dt>
            <dd>{usually}</dd>
            <dt>Next</dt>
            <dd>{next}</dd>
          </dl>
        </div>
        <div className={classes.chart}>
          <Suspense fallback={<div className={classes.waiting} />}>
            <PlotFigure draw={draw} summary={`${name}. ${effectWords(signal)}`} />
          </Suspense>
          <Button
            aria-controls={id}
            className={classes.toggle}
            aria-expanded={open}
            look="quiet"
            onClick={() => setOpen(!open)}
          >
            Table
          </Button>
          <FoldedTable id={id} onPaper={false} open={open}>
            <TwinTable
              heads={['Week of', signal.effect.what, 'Level before', 'Limits']}
              name={name}
              rows={series.map((one) => ({
                key: one.week,
                cells: [
                  one.week,
                  `${percent(one.value)} (${one.numerator} of ${one.denominator})`,
                  percent(one.centre),
                  one.low === null ? '' : `${percent(one.low)}–${percent(one.high)}`,
                ],
              }))}
            />
          </FoldedTable>
        </div>
      </div>
    </article>
  );
}

function sinceWords({ since, raisedAt, n }: Signal, minutes: boolean): string {
  const count = minutes && isSmall(n) ? LEFT_OUT : countText(n);
  return `Since the week of ${dayWords(since)}; raised in that of ${dayWords(raisedAt)}; n = ${count}.`;
}

/** "change 4 (threshold 0.6)" */
function changeWords(change: ChangeRow, all: readonly ChangeRow[]): string {
  const what = [change.kind, change.to_value].filter((one) => one !== null).join(' ');
  return `change ${all.indexOf(change) + 1} (${what})`;
}

const percent = (value: number | null): string =>
  value === null ? 'no rows' : `${(100 * value).toFixed(1)} %`;

function placeWords(
  { model_id, model_version, site, unit, group, reason }: Signal,
  names: Names,
): string {
  return [
    model_id && (model_version === null ? names.modelApart(model_id) : names.model(model_id)),
    model_version === null ? null : `version ${model_version}`,
    site === null ? null : `site ${site}`,
    unit === null ? null : names.unit(unit),
    group === null ? null : `${group.dimension} ${group.value}`,
    reason === null ? null : `“${findReason(reason)?.label ?? reason}”`,
  ]
    .filter((one) => one !== null)
    .join(' · ');
}

/** "Displayed of fired: 41.2 % (38.0–44.5), held against 63.0 %." */
function effectWords({ effect: { what, kind, now, before, interval } }: Signal): string {
  const subject = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  if (kind === 'odds-ratio')
    return `${subject}: ${now.toFixed(2)} (${interval.low.toFixed(2)}–${interval.high.toFixed(2)}); 1 is no effect.`;
  const limits = `${(100 * interval.low).toFixed(1)}–${(100 * interval.high).toFixed(1)}`;
  return `${subject}: ${percent(now)} (${limits}), held against ${percent(before)}.`;
}
