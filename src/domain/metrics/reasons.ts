import { ownerOf } from '#src/domain/reasons.ts';
import { byCell, type Counts, total } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import { clusteredShare, count, type Figure } from './figure.ts';
import type { Metric } from './metric.ts';

const REASON = 'reason ';
const OWNER = 'owner ';

/**
 * Why clinicians overrode, by primary reason and by who can change something about it (Pareto: the
 * commonest first). Numerator: overrides with that reason; denominator: all overrides, those without a
 * reason among them. Unit: recommendation version × clinician. Source: clinical-evidence §3; the
 * vocabulary is HL7's non-adherence reasons with our supplement.
 */
export const reasons: Metric<Presentation> = {
  name: 'reasons',
  cluster: ({ clinician_id }) => clinician_id,
  cells: ({ response, reason_code, reason_owner }) =>
    response !== 'overridden'
      ? {}
      : {
          overridden: 1,
          ...(reason_code === null
            ? { 'no reason': 1 }
            : {
                [REASON + reason_code]: 1,
                [OWNER + (reason_owner ?? ownerOf(reason_code))]: 1,
              }),
        },
  figures: (counts) => [
    count('overridden', total(counts, 'overridden')),
    clusteredShare('no reason of overridden', counts, ['no reason'], ['overridden']),
    ...pareto(counts, OWNER),
    ...pareto(counts, REASON),
  ],
};

function pareto(counts: Counts, prefix: string): readonly Figure[] {
  const found = [...byCell(counts)].filter(([cell]) => cell.startsWith(prefix));
  return found
    .toSorted(([, a], [, b]) => b - a)
    .map(([cell]) => clusteredShare(cell, counts, [cell], ['overridden']));
}
