import type { SlicedFigures } from '#src/domain/metrics/catalogue.ts';
import type { Figure } from '#src/domain/metrics/figure.ts';
import { ABSENCE_WORDS, numberText, unitText } from '#src/domain/metrics/figure-text.ts';
import type { Label } from '#src/domain/metrics/label.ts';
import type { Dimension } from '#src/domain/metrics/slices.ts';

import { labelText } from './metrics-labels.ts';

export interface MetricsReport {
  readonly by: readonly Dimension[];
  readonly windowHours: number;
  /** About rows that are no hospital's own. */
  readonly note?: string;
  /** Which rule made each label and action, and how many rows it made. */
  readonly labels: readonly Label[];
  readonly metrics: readonly { readonly name: string; readonly slices: readonly SlicedFigures[] }[];
  readonly absent: readonly { readonly name: string; readonly missing: readonly string[] }[];
}

/** Rises when a field is renamed or changes its meaning. */
const VERSION = 1;

export function metricsAsJson({ by, metrics, ...report }: MetricsReport): string {
  const named = metrics.map(({ name, slices }) => ({
    name,
    slices: slices.map(({ slice, figures }) => ({
      slice: Object.fromEntries(by.map((dimension, i) => [dimension, slice[i] ?? null])),
      figures,
    })),
  }));
  return `${JSON.stringify({ version: VERSION, by, ...report, metrics: named }, null, 2)}\n`;
}

export function metricsAsText({ by, metrics, absent, note, labels }: MetricsReport): string {
  const lines = metrics.flatMap(({ name, slices }) => [
    name,
    ...slices.flatMap(({ slice, figures }) => [
      ...(by.length > 0 ? [`  ${sliceText(by, slice)}`] : []),
      ...figures.map((figure) => `    ${figureText(figure)}`),
      ...(figures.length === 0 ? ['    nothing to compare'] : []),
    ]),
    ...(slices.length === 0 ? ['    no rows'] : []),
    '',
  ]);
  const not = absent.map(({ name, missing }) => `${name}: absent, needs ${missing.join(', ')}`);
  const made = labels.map(labelText);
  return [
    ...(note ? [note, ''] : []),
    ...lines,
    ...made,
    ...(made.length > 0 ? [''] : []),
    ...not,
    ...(not.length > 0 ? [''] : []),
  ].join('\n');
}

const sliceText = (by: readonly Dimension[], slice: readonly (string | null)[]): string =>
  by.map((name, i) => `${name} ${slice[i] ?? 'not recorded'}`).join(', ');

function figureText(figure: Figure): string {
  const { name, numerator, denominator, value, interval, absence } = figure;
  const number = value === undefined ? '–' : `${numberText(figure, value)} ${unitText(figure)}`;
  const limits = interval
    ? `${numberText(figure, interval.low)} to ${numberText(figure, interval.high)}`
    : '';
  const n = numerator === undefined ? `n ${denominator}` : `${numerator}/${denominator}`;
  const why = absence ? ABSENCE_WORDS[absence] : '';
  const cells = [name.padEnd(50), number.trim().padStart(10), limits.padEnd(20)];
  return `${[...cells, figure.kind === 'count' ? '' : n, why].join('  ')}`.trimEnd();
}
