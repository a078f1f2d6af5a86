import { localCalendar } from '#src/domain/tables/derive/local-calendar.ts';
import type { EncounterRow } from '#src/domain/tables/encounters.ts';
import type { ShiftRow } from '#src/domain/tables/shifts.ts';
import type { Sliceable } from '../slices.ts';
import type { Presentation } from './presentation.ts';

const HOUR = 3_600_000;

/** What burden is counted from: a display, an encounter, hours of a stay, a shift. */
export interface Load extends Sliceable {
  readonly kind: 'display' | 'encounter' | 'stay' | 'shift';
  /** Whole hours of a stay within its week; patient-days are these ÷ 24. 0 for the others. */
  readonly hours: number;
  /** Ward, or clinician for what is counted per shift. */
  readonly cluster: string;
}

const wardOf = ({ site = null, unit = null }: Pick<Sliceable, 'site' | 'unit'>): string =>
  unit ?? site ?? '';

type Calendar = ReturnType<typeof localCalendar>;

/**
 * Interruptions and what they are held against: encounters and patient-days, ward by ward, cut into
 * weeks of the site. @param until epoch ms: a stay that lasts is counted as far as the tables reach.
 */
export function wardLoads(
  shown: readonly Presentation[],
  stays: readonly EncounterRow[],
  { until, timeZone }: { readonly until: number; readonly timeZone: string },
): readonly Load[] {
  const local = localCalendar(timeZone);
  return [
    ...shown.map((row) => ({ ...row, kind: 'display' as const, hours: 0, cluster: wardOf(row) })),
    ...stays
      .filter(({ status }) => status === 'final')
      .flatMap((row) => stayLoads(row, row.stay_end ?? until, local)),
  ];
}

/** One row for each week of a stay; the encounter itself belongs to the first. */
function stayLoads(row: EncounterRow, end: number, local: Calendar): readonly Load[] {
  const cluster = wardOf(row);
  const { stay_start } = row;
  const first = row.stay === 0 ? ('encounter' as const) : ('stay' as const);
  if (stay_start === null) return [{ ...row, kind: first, hours: 0, cluster, week: null }];
  const weeks = new Map([[local(stay_start).week, 0]]);
  for (let at = stay_start; at < end; ) {
    const { week, hour } = local(at);
    const next = Math.min(end, at + (24 - hour) * HOUR - (at % HOUR));
    weeks.set(week, (weeks.get(week) ?? 0) + next - at);
    at = next;
  }
  return [...weeks].map(([week, ms], i) => ({
    ...row,
    kind: i === 0 ? first : ('stay' as const),
    hours: Math.round(ms / HOUR),
    cluster,
    week,
  }));
}

/** Interruptions and shifts, clinician by clinician; only of those whose shifts are known. */
export function shiftLoads(
  shown: readonly Presentation[],
  shifts: readonly ShiftRow[],
  timeZone: string,
): readonly Load[] {
  const local = localCalendar(timeZone);
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
      week: local(row.shift_start).week,
    })),
  ];
}
