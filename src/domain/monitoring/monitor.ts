import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import { lowSensitivity, missedCritical } from './detectors/against-target.ts';
import { alertBurden } from './detectors/alert-burden.ts';
import { fatigueSignal } from './detectors/fatigue.ts';
import { outlier } from './detectors/outlier.ts';
import { overrideShift } from './detectors/override-shift.ts';
import { performanceDrop } from './detectors/performance-drop.ts';
import { reasonConcentration } from './detectors/reason-concentration.ts';
import { responseDisparity } from './detectors/response-disparity.ts';
import { uncriticalAcceptance } from './detectors/uncritical-acceptance.ts';
import { usageCollapse } from './detectors/usage-collapse.ts';
import { type ModelTargets, TARGETS, type Targets } from './settings.ts';
import { SIGNALS, type Signal } from './signal.ts';
import { readWeeks } from './weeks.ts';

export interface MonitorOptions {
  /** `YYYY-MM-DD`: weeks that had ended a day before. What came later is not looked at. */
  readonly asOf: string;
  /** What a site has agreed for its models; the rest of `TARGETS` stands. */
  readonly targets?: readonly ModelTargets[];
}

/**
 * Every signal that the aggregates of `MONITORING_VIEWS` have raised until `asOf`, current ones first,
 * then the latest. Looking every week or once at the end gives the same: each week is judged from itself
 * and earlier ones.
 */
export function monitor(
  aggregates: Aggregates,
  { asOf, targets = [] }: MonitorOptions,
): readonly Signal[] {
  const reading = readWeeks(aggregates, asOf);
  const agreed = new Map(targets.map(({ model_id, ...own }) => [model_id, own]));
  const targetsOf = (model: string | null): Targets => ({ ...TARGETS, ...agreed.get(model ?? '') });
  const found = [
    ...usageCollapse(reading),
    ...lowSensitivity(reading, targetsOf),
    ...alertBurden(reading, targetsOf),
    ...missedCritical(reading, targetsOf),
    ...performanceDrop(reading),
    ...reasonConcentration(reading),
    ...fatigueSignal(reading),
    ...overrideShift(reading),
    ...uncriticalAcceptance(reading),
    ...responseDisparity(reading),
    ...outlier(reading),
  ];
  return found.toSorted(inOrder);
}

const inOrder = (a: Signal, b: Signal): number =>
  Number(b.current) - Number(a.current) ||
  (a.raisedAt === b.raisedAt ? 0 : a.raisedAt < b.raisedAt ? 1 : -1) ||
  SIGNALS.indexOf(a.name) - SIGNALS.indexOf(b.name);
