import type { TableRow } from '#src/domain/tables/schema.ts';
import { HOUR_MS } from '../calendar.ts';
import type { Unit } from '../places.ts';
import { chance, logNormal, pickOne } from '../random/draws.ts';
import type { Stay } from './carried.ts';

const MEDIAN_STAY_H = 80;
const STAY_SPREAD = 0.6;
const MOVED = 0.2;
/** Label of the stream of the stay. */
const STAY = 102;

/** @param settledUntil epoch ms: the patient is on the first unit at least so long. */
export function encounterRows(
  stay: Stay,
  units: readonly Unit[],
  settledUntil: number,
): readonly TableRow<'encounters'>[] {
  const own = stay.stream.split(STAY);
  const planned = stay.arrivedAt + logNormal(own, MEDIAN_STAY_H, STAY_SPREAD) * HOUR_MS;
  const end = Math.floor(Math.max(planned, settledUntil + HOUR_MS));
  if (!chance(own, MOVED)) return [stayRow(stay, 0, stay.unit, stay.arrivedAt, end, end)];
  const others = units.filter(
    ({ site, index }) => site === stay.unit.site && index !== stay.unit.index,
  );
  const moved = Math.floor(settledUntil + (end - settledUntil) * own.next());
  return [
    stayRow(stay, 0, stay.unit, stay.arrivedAt, moved, end),
    stayRow(stay, 1, pickOne(own, others), moved, end, end),
  ];
}

function stayRow(
  { encounter_id, patient_id, patient }: Stay,
  place: number,
  unit: Unit,
  from: number,
  until: number,
  end: number,
): TableRow<'encounters'> {
  return {
    encounter_id,
    stay: place,
    patient_id,
    encounter_class: 'IMP',
    specialty: null,
    site: unit.site,
    unit: unit.id,
    age_band: patient.age_band,
    sex: patient.sex,
    race_ethnicity: patient.race_ethnicity,
    language: patient.language,
    payer: patient.payer,
    stay_start: from,
    stay_end: until,
    encounter_end: end,
    status: 'final',
  };
}
