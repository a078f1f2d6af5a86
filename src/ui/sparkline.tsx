import type { EvidenceValue, ReferenceRange } from '#src/domain/recommendation.ts';
import { parseTime } from './format/date-time.ts';
import { formatNumber, formatRange, formatUnit } from './format/quantity.ts';
import { plural } from './format/text.ts';
import classes from './sparkline.module.css';
import { laterThan, placeSpark, type Spark, type SparkPoint } from './sparkline-geometry.ts';

const BOX = { width: 64, height: 20, pad: 3 };

export interface SparklineProps {
  readonly label: string;
  readonly series: readonly EvidenceValue[];
  readonly unit?: string | undefined;
  readonly range?: ReferenceRange | undefined;
  readonly tone: 'danger' | 'plain' | 'muted';
  /** The value that the recommendation used; what is later is drawn hollow. */
  readonly usedAt?: string | undefined;
}

const span = (first: SparkPoint, last: SparkPoint): string => {
  const hours = (last.ms - first.ms) / 3_600_000;
  if (hours < 1) return `${Math.round(hours * 60)} minutes`;
  return hours < 48 ? `${Math.round(hours)} hours` : `${Math.round(hours / 24)} days`;
};

/** What the eye sees as filled and hollow dots. */
const describeDots = (used: SparkPoint | undefined, newer: number): readonly string[] =>
  newer === 0
    ? []
    : [
        ...(used ? [`the AI used ${formatNumber(used.value)}`] : []),
        `${plural(newer, 'newer value')} since`,
      ];

const describeTrend = (
  spark: Spark,
  { label, unit, range }: SparklineProps,
  dots: readonly string[],
): string => {
  const first = spark.points[0];
  const last = spark.points.at(-1);
  if (!first || !last) return label;
  const reference = formatRange(range);
  return [
    `${label}: ${spark.points.length} values over ${span(first, last)}`,
    `from ${formatNumber(first.value)} to ${formatNumber(last.value)} ${formatUnit(unit)}`.trim(),
    ...(reference ? [`reference ${reference}`] : []),
    ...dots,
  ].join(', ');
};

/** A trend without axes: line, reference band, and a dot for the value that was used. */
export function Sparkline(props: SparklineProps) {
  const { series, range, tone, usedAt } = props;
  const spark = placeSpark(series, range, BOX);
  if (!spark) return null;
  const used = parseTime(usedAt)?.ms;
  const dot = spark.points.findLast(({ ms }) => used === undefined || ms <= used);
  const newer = laterThan(spark.points, used);
  const description = describeTrend(spark, props, describeDots(dot, newer.length));
  return (
    <span className={classes.frame} title={description}>
      <svg
        aria-label={description}
        className={classes.sparkline}
        height={BOX.height}
        role="img"
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        width={BOX.width}
      >
        {spark.band ? (
          <rect
            className={classes.band}
            height={spark.band.height}
            width={BOX.width}
            x={0}
            y={spark.band.y}
          />
        ) : null}
        <polyline
          className={classes.line}
          points={spark.points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        />
        {dot ? (
          <circle className={classes.dot} cx={dot.x} cy={dot.y} data-tone={tone} r={3} />
        ) : null}
        {newer.map(({ x, y, ms }) => (
          <circle className={classes.dot} cx={x} cy={y} data-newer="true" key={ms} r={2.5} />
        ))}
      </svg>
    </span>
  );
}
