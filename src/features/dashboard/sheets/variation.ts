import { regroup } from '#src/domain/aggregates/aggregates.ts';
import { EMPTY } from '#src/domain/metrics/counts.ts';
import { independentShare } from '#src/domain/metrics/figure.ts';
import { type Placed, placed } from '#src/domain/metrics/variation.ts';
import { type Funnel, funnelLimits } from '#src/domain/statistics/funnel.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import type { Names } from '#src/state/use-names.ts';
import type { Row, Sheet } from './sheet.ts';

export interface FunnelSheet extends Sheet {
  readonly funnel: Funnel | undefined;
}

const PLACE_WORDS: Readonly<Record<Placed['place'], string>> = {
  inside: 'within the limits',
  'beyond-95': 'beyond 95 %',
  'beyond-99.8': 'beyond 99.8 %',
};

/**
 * Units, or clinicians, in a funnel. Clinicians have no name here but that of the reader (`own`), and
 * stand in the order of how much they decided, which is no rank.
 */
export function funnelSheet(
  { by, counts }: SelectedView,
  what: 'unit' | 'clinician',
  names: Names,
  own?: string,
): FunnelSheet {
  const whole = regroup(counts, by, [], what === 'unit' ? { clusterBy: 'unit' } : {});
  const found = placed([...whole.values()][0]?.counts ?? EMPTY);
  const points = (found?.points ?? []).toSorted((a, b) => b.denominator - a.denominator);
  const rows = points.map((point, at): Row => {
    const { key, numerator, denominator, place } = point;
    const label =
      what === 'unit' ? unitWords(key, names) : key === own ? 'You' : `Clinician ${at + 1}`;
    return {
      key: `${at}`,
      label,
      parts: [numerator, denominator - numerator],
      total: denominator,
      // The limits are what a point is judged by; an interval of its own would be a second measure.
      figures: [
        { ...independentShare('followed of decided', numerator, denominator), interval: undefined },
      ],
      mark: PLACE_WORDS[place],
      ...(what === 'unit' && key !== '' && { behind: { unit: key } }),
    };
  });
  return {
    rowsAre: what === 'unit' ? 'Unit' : 'Clinician',
    parts: ['Followed', 'Overridden'],
    total: 'Decided',
    figures: ['Followed of decided'],
    rows,
    funnel: found?.funnel,
  };
}

const unitWords = (key: string, names: Names): string =>
  key === '' ? 'not recorded' : names.unit(key);

/** The limits from few to many decisions, for drawing. */
export function limitLines(funnel: Funnel, most: number) {
  const steps = Array.from({ length: 60 }, (_, i) => Math.max(5, (most * 1.05 * (i + 1)) / 60));
  return ([0.95, 0.998] as const).flatMap((level) =>
    steps.map((n) => ({ n, level, ...funnelLimits(n, funnel, level) })),
  );
}
