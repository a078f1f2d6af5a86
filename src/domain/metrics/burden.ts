import { type Cells, total } from './counts.ts';
import type { Load } from './facts/load.ts';
import { clusteredRatio, count, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';

const cells = ({ kind, hours }: Load): Cells => ({
  ...(kind === 'display' && { displayed: 1 }),
  ...(kind === 'encounter' && { encounters: 1 }),
  ...(kind === 'shift' && { shifts: 1 }),
  ...(hours > 0 && { hours }),
});

/**
 * How often clinicians are interrupted: displays per 100 encounters and per patient-day. Numerator:
 * recommendation versions × clinicians displayed; denominators: encounters that began on the unit, and
 * hours of stay ÷ 24. Clusters: hospital units. An encounter
 * has no model, version, role or risk band: cut by these, all encounters are the denominator of each. Source: clinical-evidence §2 "Burden".
 */
export const burden: Metric<Load> = {
  name: 'burden',
  cluster: ({ cluster }) => cluster,
  cells,
  figures: (counts) => [
    count('displayed', total(counts, 'displayed')),
    clusteredRatio('displays per 100 encounters', counts, ['displayed'], ['encounters'], {
      per: 100,
      unit: '/100 encounters',
    }),
    clusteredRatio('displays per patient-day', counts, ['displayed'], ['hours'], {
      per: 24,
      least: 24 * LEAST_ROWS,
      unit: '/d',
    }),
  ],
};

/**
 * Displays per clinician-shift, of clinicians whose shifts are known; absent without the `shifts`
 * table. Clusters: clinicians.
 */
export const shiftBurden: Metric<Load> = {
  name: 'shift-burden',
  cluster: ({ cluster }) => cluster,
  cells,
  figures: (counts) => [
    clusteredRatio('displays per clinician-shift', counts, ['displayed'], ['shifts'], {
      unit: '/shift',
    }),
  ],
};
