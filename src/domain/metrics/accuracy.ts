import { wilson } from '#src/domain/statistics/wilson.ts';
import { type Counts, total } from './counts.ts';
import type { AccuracyUnit, Judged } from './facts/judged-score.ts';
import { absent, count, estimate, type Figure, independentShare, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';

/**
 * Whether the model was right, against labels: PPV, NPV, sensitivity, specificity, alert rate, number
 * needed to evaluate (1/PPV), and critical events that it missed. Unit: as named, one alert, encounter
 * or patient; horizon: that of the score. Wilson's intervals, rows taken as independent. Excluded and
 * counted: censored and unlabelled ones. Where a vendor stores only what fired, all but PPV and NNE are
 * absent. Acting on alerts changes the outcome, so PPV falls where care works (Feng, AISTATS 2024).
 * Source: clinical-evidence §2 and §4A (Wong et al. 2021, JAMA Intern Med 181:1065).
 */
export const accuracy = (unit: AccuracyUnit): Metric<Judged> => ({
  name: `accuracy-by-${unit}`,
  cluster: () => '',
  cells: ({ fired, label, critical, censored, untimed }) => {
    if (fired === null) return { 'no threshold': 1 };
    const cells: Record<string, number> = fired ? { fired: 1 } : { silent: 1 };
    if (censored) cells.censored = 1;
    else if (label === null) {
      cells.unlabelled = 1;
      if (untimed) cells.untimed = 1;
    } else {
      cells[fired ? (label ? 'tp' : 'fp') : label ? 'fn' : 'tn'] = 1;
      if (critical) cells.critical = 1;
      if (critical && !fired) cells['critical missed'] = 1;
    }
    return cells;
  },
  figures: (counts) => {
    const [tp, fp, fn, tn] = ['tp', 'fp', 'fn', 'tn'].map((cell) => total(counts, cell));
    return confusion(counts, { tp: tp ?? 0, fp: fp ?? 0, fn: fn ?? 0, tn: tn ?? 0 }, unit);
  },
});

interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

function confusion(counts: Counts, { tp, fp, fn, tn }: Confusion, unit: string): readonly Figure[] {
  const [fired, silent] = [total(counts, 'fired'), total(counts, 'silent')];
  const needsSilent = (figure: Figure): Figure =>
    silent === 0 && fired > 0
      ? absent(figure.name, 'only-fired-stored', figure.denominator)
      : figure;
  // Where events have no time, only the harmless rows could be judged, and every share would lie.
  const untimed = total(counts, 'untimed') > 0;
  const unlabelled = tp + fp + fn + tn === 0 && total(counts, 'unlabelled') > 0;
  const judged = (figure: Figure): Figure => {
    if (unlabelled) return absent(figure.name, 'no-labels');
    return untimed ? absent(figure.name, 'not-estimable', figure.denominator) : figure;
  };
  return [
    count(`${unit}s scored`, fired + silent),
    count('true positive', tp),
    count('false positive', fp),
    count('false negative', fn),
    count('true negative', tn),
    count('unlabelled', total(counts, 'unlabelled')),
    count('censored', total(counts, 'censored')),
    judged(needsSilent(independentShare('sensitivity', tp, tp + fn))),
    judged(needsSilent(independentShare('specificity', tn, tn + fp))),
    judged(independentShare('positive predictive value', tp, tp + fp)),
    judged(needsSilent(independentShare('negative predictive value', tn, tn + fn))),
    needsSilent(independentShare('alert rate', fired, fired + silent)),
    judged(numberNeeded(tp, tp + fp)),
    needsSilent(
      independentShare(
        'missed of critical',
        total(counts, 'critical missed'),
        total(counts, 'critical'),
      ),
    ),
  ];
}

/** 1/PPV with the limits of PPV turned over. */
function numberNeeded(tp: number, fired: number): Figure {
  const name = 'number needed to evaluate';
  if (fired < LEAST_ROWS) return absent(name, fired === 0 ? 'no-rows' : 'below-floor', fired);
  const ppv = wilson(tp, fired);
  if (tp === 0 || !ppv) return absent(name, 'not-estimable', fired);
  return estimate(name, '1', fired, {
    value: fired / tp,
    interval: { low: 1 / ppv.high, high: 1 / ppv.low },
  });
}
