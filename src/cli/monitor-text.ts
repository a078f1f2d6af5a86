import type { Monitored } from '#src/domain/monitoring/monitor-tables.ts';
import { nearChanges } from '#src/domain/monitoring/near-changes.ts';
import type { Effect, Place, Signal } from '#src/domain/monitoring/signal.ts';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import type { ChangeRow } from '#src/domain/tables/changes.ts';

/** Rises when a field is renamed or changes its meaning. */
const VERSION = 1;

export interface MonitorReport extends Monitored {
  readonly asOf: string;
  readonly changes: readonly ChangeRow[];
}

export function monitorAsJson({ signals, changes, ...report }: MonitorReport): string {
  const told = signals.map((signal) => ({
    ...signal,
    text: SIGNAL_TEXTS[signal.name],
    changes: nearChanges(signal, changes).map(({ change_id }) => change_id),
  }));
  return `${JSON.stringify({ version: VERSION, ...report, signals: told }, null, 2)}\n`;
}

/** For a mail from cron: what, where, since when, how sure, what to do next. */
export function monitorAsText(report: MonitorReport): string {
  const { asOf, signals, changes, notWatched, late } = report;
  const current = signals.filter((signal) => signal.current);
  const past = signals.filter((signal) => !signal.current);
  return [
    `${asOf}: ${current.length === 0 ? 'no signal' : `${current.length} ${current.length === 1 ? 'signal' : 'signals'}`}`,
    ...current.flatMap((signal) => ['', ...inFull(signal, changes)]),
    ...(past.length > 0 ? ['', 'No longer beyond their limits:'] : []),
    ...past.map((signal) => `  ${signal.name}, ${placeText(signal)}, since ${signal.since}`),
    ...(late > 0 ? ['', `Left out, stored after their week had been read: ${late} rows`] : []),
    ...(notWatched.length > 0
      ? ['', `Not watched, tables are missing: ${notWatched.join('; ')}`]
      : []),
    '',
  ].join('\n');
}

function inFull(signal: Signal, changes: readonly ChangeRow[]): readonly string[] {
  const { title, means, usually, next } = SIGNAL_TEXTS[signal.name];
  const near = nearChanges(signal, changes);
  return [
    `${signal.name}: ${title}`,
    `  where     ${placeText(signal)}`,
    `  since     week of ${signal.since}, raised by the week of ${signal.raisedAt}`,
    `  seen      ${effectText(signal.effect)}, n ${signal.n}`,
    `  how sure  log-likelihood ratio ${signal.statistic.toFixed(1)}, limit ${signal.limit.toFixed(1)}`,
    `  means     ${means}`,
    `  usually   ${usually}`,
    `  next      ${next}`,
    ...near.map((row) => `  changed   ${changeText(row)}`),
  ];
}

const placeText = (place: Place): string =>
  [
    `model ${place.model_id ?? 'not recorded'}`,
    place.model_version && `version ${place.model_version}`,
    place.site && `site ${place.site}`,
    place.unit && `unit ${place.unit}`,
    place.group && `${place.group.dimension} ${place.group.value}`,
    place.reason && `reason ${place.reason}`,
  ]
    .filter(Boolean)
    .join(', ');

function effectText({ what, kind, now, before, interval }: Effect): string {
  const text = (value: number) =>
    kind === 'share' ? `${(100 * value).toFixed(1)} %` : value.toFixed(2);
  return `${what}: ${text(now)} (${text(interval.low)} to ${text(interval.high)}), against ${text(before)}`;
}

const changeText = (row: ChangeRow): string =>
  [
    row.changed_at === null ? '' : new Date(row.changed_at).toISOString().slice(0, 10),
    row.kind,
    [row.from_value, row.to_value].filter((each) => each !== null).join(' → '),
    row.description ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
