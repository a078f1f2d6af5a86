import type { EncounterRow } from '#src/domain/tables/encounters.ts';
import type { ShiftRow } from '#src/domain/tables/shifts.ts';
import type { Sliceable } from '../slices.ts';
import type { Presentation } from './presentation.ts';

const HOUR = 3_600_000;

/** What burden is counted from: a display, an encounter, hours of a stay, a shift. */
export interface Load extends Sliceable {
  readonly kind: 'display' | 'encounter' | 'stay' | 'shift';
  /** Whole hours of a stay; patient-days are these ÷ 24. 0 for the others. */
  readonly hours: number;
  /** Ward, or clinician for what is counted per shift. */
  readonly cluster: string;
}

const wardOf = ({ site = null, unit = null }: Pick<Sliceable, 'site' | 'unit'>): string =>
  unit ?? site ?? '';

/** Interruptions and what they are held against: encounters and patient-days, ward by ward. */
export function wardLoads(
  shown: readonly Presentation[],
  stays: readonly EncounterRow[],
  until: number,
): readonly Load[] {
  return [
    ...shown.map((row) => ({ ...row, kind: 'display' as const, hours: 0, cluster: wardOf(row) })),
    ...stays
      .filter(({ status }) => status === 'final')
      .map((row) => ({
        ...row,
        kind: row.stay === 0 ? ('encounter' as const) : ('stay' as const),
        hours: hoursOf(row, until),
        cluster: wardOf(row),
      })),
  ];
}

/** Interruptions and shifts, clinician by clinician; only of those whose shifts are known. */
export function shiftLoads(
  shown: readonly Presentation[],
  shifts: readonly ShiftRow[],
): readonly Load[] {
  const rostered = new Set(shifts.map(({ clinician_id }) => clinician_id));
  return [
    ...shown
      .filter(({ clinician_id }) => rostered.has(clinician_id))
      .map((row) => ({ ...row, kind: 'display' as const, hours: 0, cluster: row.clinician_id })),
    ...shifts.map((row) => ({
      ...row,
      kind: 'shift' as const,
      hours: 0,
      cluster: row.clinician_id,
    })),
  ];
}

/** A stay that lasts is counted as far as the tables reach. */
function hoursOf({ stay_start, stay_end }: EncounterRow, until: number): number {
  if (stay_start === null) return 0;
  return Math.max(0, Math.round(((stay_end ?? until) - stay_start) / HOUR));
}
