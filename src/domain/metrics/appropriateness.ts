import { chiSquareOfTwo } from '#src/domain/statistics/chi-square.ts';
import { cohenKappa } from '#src/domain/statistics/kappa.ts';
import { rateRatio } from '#src/domain/statistics/two-proportions.ts';
import { type Stratum, weightedShare } from '#src/domain/statistics/weighted-share.ts';
import { byCell, type Cells, type Counts, total } from './counts.ts';
import type { Judgement } from './facts/judgement.ts';
import { absent, count, estimate, type Figure, independentShare, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';

const SEPARATOR = '\u001f';
/** Sampling fractions are counted in whole billionths, so that the key is exact. */
const BILLIONTHS = 1e9;

/** What is counted of a judgement; where it was made serves slices alone. */
export type Judged = Pick<Judgement, 'stratum' | 'fraction' | 'judgement' | 'second' | 'harm'>;

/**
 * Whether overrides were right, by sampled review: an override is not an error. Pooled share, share
 * weighted to all overrides by stratum (Wald with finite-population correction), agreement of two
 * reviewers, and harm after inappropriate against appropriate overrides (χ² without correction).
 * Numerator: judged appropriate; denominator: judged, weighted by 1 ÷ sampling fraction. Unit: override.
 * Excluded: undecided judgements, counted beside. Source: clinical-evidence §4B (Edrees et al. 2020,
 * JAMIA 27:893).
 */
export const appropriateness: Metric<Judgement> = {
  name: 'appropriateness',
  cluster: () => '',
  cells: judgedCells,
  figures: (counts) => [
    count('judged', total(counts, 'judged')),
    count('undecided', total(counts, 'undecided')),
    independentShare(
      'appropriate of judged',
      total(counts, 'appropriate'),
      total(counts, 'judged'),
    ),
    weighted(counts),
    agreement(counts),
    ...harmFigures(counts),
  ],
};

/** What one judgement adds to the counts. */
export function judgedCells({ judgement, second, stratum, fraction, harm }: Judged): Cells {
  return {
    ...(second !== null && { [`pair${SEPARATOR}${judgement}${SEPARATOR}${second}`]: 1 }),
    ...(judgement === 'undecided'
      ? { undecided: 1 }
      : {
          judged: 1,
          [judgement]: 1,
          [stratumCell('judged', stratum, fraction)]: 1,
          ...(judgement === 'appropriate' && { [stratumCell('right', stratum, fraction)]: 1 }),
          ...(harm !== null && { [`${judgement} followed up`]: 1 }),
          ...(harm === true && { [`${judgement} harmed`]: 1 }),
        }),
  };
}

const stratumCell = (what: string, stratum: string, fraction: number | null): string =>
  [what, stratum, fraction === null ? '' : Math.round(fraction * BILLIONTHS)].join(SEPARATOR);

function weighted(counts: Counts): Figure {
  const name = 'appropriate, weighted to all overrides';
  const n = total(counts, 'judged');
  if (n < LEAST_ROWS) return absent(name, n === 0 ? 'no-rows' : 'below-floor', n);
  const found = weightedShare(strata(counts));
  return { ...estimate(name, '1', n, found ?? { value: undefined }), kind: 'share' };
}

/** Populations follow from the fractions; a judgement without one leaves the whole unknown. */
function strata(counts: Counts): readonly Stratum[] {
  const cells = byCell(counts);
  return [...cells].flatMap(([cell, sampled]) => {
    const [what, stratum = '', billionths = ''] = cell.split(SEPARATOR);
    if (what !== 'judged' || billionths === undefined || !cell.includes(SEPARATOR)) return [];
    const positive = cells.get(['right', stratum, billionths].join(SEPARATOR)) ?? 0;
    // Nothing sampled of one row: `weightedShare` then says that it cannot know.
    if (billionths === '') return [{ population: sampled + 1, sampled: 0, positive: 0 }];
    const population = Math.round((sampled * BILLIONTHS) / Number(billionths));
    return [{ population, sampled, positive }];
  });
}

const WORDS = ['appropriate', 'inappropriate', 'undecided'] as const;

function agreement(counts: Counts): Figure {
  const table = WORDS.map((one) =>
    WORDS.map((other) => total(counts, ['pair', one, other].join(SEPARATOR))),
  );
  const n = table.flat().reduce((sum, each) => sum + each, 0);
  const name = 'kappa of two reviewers';
  if (n < LEAST_ROWS) return absent(name, n === 0 ? 'no-rows' : 'below-floor', n);
  return estimate(name, '1', n, cohenKappa(table) ?? { value: undefined });
}

function harmFigures(counts: Counts): readonly Figure[] {
  const of = (word: string): readonly [number, number] => [
    total(counts, `${word} harmed`),
    total(counts, `${word} followed up`),
  ];
  const [wrong, right] = [of('inappropriate'), of('appropriate')];
  const n = wrong[1] + right[1];
  if (n === 0) return [];
  const enough = Math.min(wrong[1], right[1]) >= LEAST_ROWS;
  const ratio = enough ? rateRatio(...wrong, ...right) : undefined;
  const test = enough ? chiSquareOfTwo(...wrong, ...right) : undefined;
  return [
    independentShare('harm after inappropriate overrides', ...wrong),
    independentShare('harm after appropriate overrides', ...right),
    estimate('ratio of harm', '1', n, ratio ?? { value: undefined }),
    estimate('p of equal harm', '1', n, { value: test?.p }),
  ];
}
