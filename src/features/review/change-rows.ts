import type { ChartChange } from '#src/domain/recommendation.ts';
import { parseTime } from '#src/ui/format/date-time.ts';

/** One thing that happened: a drug that was ordered and then given is one, and what counts is given. */
export interface ChangeRow {
  readonly change: ChartChange;
  readonly ordered?: ChartChange;
}

const isGiven = ({ ref }: ChartChange): boolean => ref.type === 'MedicationAdministration';
const isOrdered = ({ ref }: ChartChange): boolean => ref.type === 'MedicationRequest';
const millis = ({ at }: ChartChange): number => parseTime(at)?.ms ?? Number.NaN;
const sameDrug = (a: ChartChange, b: ChartChange): boolean =>
  a.label.trim().toLowerCase() === b.label.trim().toLowerCase();

/** In the order in which they came. Each order goes with the first that was given after it. */
export function changeRows(changes: readonly ChartChange[]): readonly ChangeRow[] {
  const orderOf = new Map<ChartChange, ChartChange>();
  for (const order of changes.filter(isOrdered)) {
    const given = changes
      .filter((one) => isGiven(one) && sameDrug(one, order) && millis(one) >= millis(order))
      .toSorted((a, b) => millis(a) - millis(b))
      .find((one) => !orderOf.has(one));
    if (given) orderOf.set(given, order);
  }
  const merged = new Set(orderOf.values());
  return changes
    .filter((change) => !merged.has(change))
    .map((change) => {
      const ordered = orderOf.get(change);
      return ordered ? { change, ordered } : { change };
    });
}
