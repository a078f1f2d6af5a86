import type { Figure } from '#src/domain/metrics/figure.ts';
import { ABSENCE_WORDS, numberText, unitText } from '#src/domain/metrics/figure-text.ts';
import type { Sheet } from './sheets/sheet.ts';

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const WHOLE = new Intl.NumberFormat('en-GB');

/** "5 Oct 2026", of a day that is given as such. */
export const dayWords = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`));

/** The last day that figures until `until` know anything of: a block of weeks ends after today. @param asOf epoch ms */
export function lastKnownDay(until: string, asOf: number | undefined): string {
  const known = asOf === undefined ? until : new Date(asOf).toISOString().slice(0, 10);
  return known < until ? known : until;
}

/** "case-manager" as "Case manager": what a code says where nobody sent words with it. */
export const codeWords = (code: string): string =>
  `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll(/[-_]/g, ' ')}`;

/** "12 345" with a thin space, which no locale takes for a decimal sign. */
export const countText = (count: number): string => WHOLE.format(count).replaceAll(',', '\u202f');

export const LEFT_OUT = 'left out';

/** "12.1 % (11.3–12.9)"; words where there is no value. */
export function figureText(figure: Figure | undefined): string {
  if (!figure) return LEFT_OUT;
  const { value, interval, absence } = figure;
  if (value === undefined) return absence ? ABSENCE_WORDS[absence] : '';
  const bare = (x: number): string => numberText(figure, x).replace(' %', '');
  const limits = interval ? ` (${bare(interval.low)}–${bare(interval.high)})` : '';
  const unit = unitText(figure);
  return `${numberText(figure, value)}${limits}${unit === '' ? '' : ` ${unit}`}`;
}

const METHODS: Readonly<Record<Figure['method'], string>> = {
  'cluster-t': '95 % interval: cluster-robust t over hospital units',
  wilson: '95 % interval: Wilson, rows taken as independent',
  other: '95 % interval: of the method named in the definition',
  none: '',
};

/** How the intervals of a sheet were made; where there are none, why. */
export function methodText({ rows }: Sheet): string {
  const all = rows.flatMap(({ figures }) => figures.flatMap((one) => one ?? []));
  const withOne = all.find(({ interval }) => interval !== undefined);
  if (withOne) return METHODS[withOne.method];
  const few = all.some(({ absence }) => absence === 'few-clusters');
  return few ? 'No interval: fewer than 10 hospital units here' : 'No interval';
}
