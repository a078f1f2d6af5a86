import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { TableName, Tables } from '#src/domain/tables/schema.ts';
import { accuracy } from './accuracy.ts';
import { adoption } from './adoption.ts';
import { appropriateness } from './appropriateness.ts';
import { aroundChanges, changesOf } from './around-changes.ts';
import { burden, shiftBurden } from './burden.ts';
import { scoreCalibration } from './calibration-of-scores.ts';
import { siteComparison, versionComparison } from './comparison.ts';
import { unclustered } from './counts.ts';
import { drift } from './drift.ts';
import { equity } from './equity.ts';
import type { Facts } from './facts/facts.ts';
import { ACCURACY_UNITS } from './facts/judged-score.ts';
import { fatigue } from './fatigue.ts';
import type { Figure } from './figure.ts';
import type { Metric } from './metric.ts';
import { outcomeEquity } from './outcome-equity.ts';
import { reach } from './reach.ts';
import { reasons } from './reasons.ts';
import { responseTime } from './response-time.ts';
import {
  collectBy,
  type Dimension,
  type Slice,
  type Sliceable,
  type SlicedCounts,
  sharingDenominators,
} from './slices.ts';
import { timeToTreatment } from './time-to-treatment.ts';
import { clinicianVariation, siteVariation, unitVariation } from './variation.ts';
import { weekly } from './weekly.ts';

export interface SlicedFigures {
  readonly slice: Slice;
  readonly figures: readonly Figure[];
}

/** A metric with the rows it counts; the row's type stays inside. */
export interface Entry {
  readonly name: string;
  /** Without one of these tables it is absent: an absent table is not an empty one. */
  readonly needs: readonly TableName[];
  /** @param clusters `none`: counts alone, where nobody asks for an interval; absent: the metric's own. */
  count(facts: Facts, by: readonly Dimension[], clusters?: 'none'): SlicedCounts;
  /** @param by the dimensions that `counts` were cut by. @param changes the change log. */
  figures(
    counts: SlicedCounts,
    by: readonly Dimension[],
    changes?: readonly ChangeRow[],
  ): readonly SlicedFigures[];
}

function entry<Row extends Sliceable>(
  metric: Metric<Row>,
  needs: readonly TableName[],
  rows: (facts: Facts) => readonly Row[],
  lacks: readonly Dimension[] = [],
): Entry {
  return {
    name: metric.name,
    needs,
    count: (facts, by, clusters) =>
      collectBy(clusters === 'none' ? unclustered(metric) : metric, rows(facts), by),
    figures: (counts, by) =>
      [...sharingDenominators(counts, by, lacks, ['displayed']).values()].map((each) => ({
        slice: each.slice,
        figures: metric.figures(each.counts),
      })),
  };
}

/** The same weekly counts, read at each entry of the change log. */
const changeLog: Entry = {
  name: 'around-changes',
  needs: ['changes', 'exposures', 'decisions'],
  count: (facts, by, clusters) =>
    collectBy(clusters === 'none' ? unclustered(weekly) : weekly, facts.presentations(), by),
  figures: (counts, by, changes = []) =>
    [...counts.values()].map((each) => ({
      slice: each.slice,
      figures: aroundChanges(each.counts, changesOf(each.slice, by, changes)),
    })),
};

/** What an encounter and a shift do not have: there they are the denominator of every slice. */
const WARDS_LACK: readonly Dimension[] = ['model', 'version', 'role', 'risk-band'];
const SHIFTS_LACK: readonly Dimension[] = [
  ...(['model', 'version', 'risk-band', 'age', 'sex', 'race', 'language', 'payer'] as const),
];

/** The set of metrics.md, adoption first. */
export const CATALOGUE: readonly Entry[] = [
  entry(adoption, ['exposures', 'decisions'], (facts) => facts.presentations()),
  entry(reach, ['recommendations', 'exposures', 'decisions'], (facts) => facts.reached()),
  entry(reasons, ['decisions'], (facts) => facts.presentations()),
  entry(responseTime, ['decisions'], (facts) => facts.presentations()),
  entry(burden, ['exposures', 'encounters'], (facts) => facts.wardLoads(), WARDS_LACK),
  entry(shiftBurden, ['exposures', 'shifts'], (facts) => facts.shiftLoads(), SHIFTS_LACK),
  entry(fatigue, ['exposures', 'decisions'], (facts) => facts.presentations()),
  entry(clinicianVariation, ['decisions'], (facts) => facts.presentations()),
  entry(unitVariation, ['decisions'], (facts) => facts.presentations()),
  entry(siteVariation, ['decisions'], (facts) => facts.presentations()),
  entry(equity, ['exposures', 'decisions'], (facts) => facts.presentations()),
  entry(outcomeEquity, ['scores', 'outcomes'], (facts) => facts.judged.encounter()),
  ...ACCURACY_UNITS.map((unit) =>
    entry(accuracy(unit), ['scores', 'outcomes'], (facts) => facts.judged[unit]()),
  ),
  entry(scoreCalibration, ['scores', 'outcomes'], (facts) => facts.judged.alert()),
  entry(timeToTreatment, ['recommendations', 'outcomes'], (facts) => facts.treatments()),
  entry(appropriateness, ['reviews', 'decisions'], (facts) => facts.judgements()),
  entry(versionComparison, ['exposures', 'decisions'], (facts) => facts.presentations()),
  entry(siteComparison, ['exposures', 'decisions'], (facts) => facts.presentations()),
  entry(drift, ['scores'], (facts) => facts.scores()),
  entry(weekly, ['exposures', 'decisions'], (facts) => facts.presentations()),
  changeLog,
];

/** Counted for monitors and not printed: the same rows as a metric above, along another time. */
export const ALSO_COUNTED: readonly Entry[] = [
  entry(
    { ...accuracy('encounter'), name: 'accuracy-as-labelled' },
    ['scores', 'outcomes'],
    (facts) => facts.labelled(),
  ),
];

/** Tables that a metric needs and that are not at hand. */
export const missing = ({ needs }: Entry, tables: Tables): readonly TableName[] =>
  needs.filter((name) => tables[name] === undefined);
