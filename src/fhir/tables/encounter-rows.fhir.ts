import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { ENCOUNTERS, type EncounterRow } from '#src/domain/tables/encounters.ts';
import { codings, period } from '../datatypes.ts';
import { get, type Json, objects, token } from '../read.ts';
import { exactTime } from './exact-time.ts';
import { refCell, sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

interface Stay {
  readonly unit: string | null;
  readonly start: number | null;
  readonly end: number | null;
}

const NOT_THERE: readonly unknown[] = ['planned', 'reserved'];
const NEVER_WAS: readonly unknown[] = ['cancelled', 'entered-in-error'];

function toStay(location: Json, whole: Stay, context: PreparedContext): Stay {
  const { start, end } = period(get(location, 'period'));
  return {
    unit: refCell(get(location, 'location'), context),
    start: exactTime(start).at ?? whole.start,
    end: exactTime(end).at ?? whole.end,
  };
}

const byArrival = (a: Stay, b: Stay): number => {
  const order = (a.start ?? -Infinity) - (b.start ?? -Infinity);
  return order > 0 || order < 0 ? order : (a.unit ?? '') < (b.unit ?? '') ? -1 : 1;
};

/** The stays of one encounter; without locations, one stay on an unknown unit. */
function staysOf(resource: unknown, whole: Stay, context: PreparedContext): readonly Stay[] {
  const stays = objects(get(resource, 'location'))
    .filter((one) => !NOT_THERE.includes(get(one, 'status')))
    .map((one) => toStay(one, whole, context))
    .toSorted(byArrival);
  return stays.length === 0 ? [whole] : stays;
}

/** An Encounter as stays on units. One that was cancelled or never was keeps a row that says so. */
export function toEncounterRows(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<EncounterRow>[] {
  const source = sourceOf(resource, context);
  const status = get(resource, 'status');
  if (source === undefined || status === 'planned') return [];
  const { start, end } = period(get(resource, 'period'));
  const whole = { unit: null, start: exactTime(start).at, end: exactTime(end).at };
  return staysOf(resource, whole, context).map((stay, index) => ({
    ...source,
    row: makeRow(ENCOUNTERS, {
      encounter_id: source.place,
      stay: index,
      patient_id: refCell(get(resource, 'subject'), context),
      encounter_class: token(get(get(resource, 'class'), 'code')),
      specialty: codings(get(resource, 'serviceType'))[0]?.code,
      unit: stay.unit,
      stay_start: stay.start,
      stay_end: stay.end,
      encounter_end: whole.end,
      status: NEVER_WAS.includes(status) ? 'entered-in-error' : 'final',
    }),
  }));
}
