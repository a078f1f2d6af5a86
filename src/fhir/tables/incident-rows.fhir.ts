import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { INCIDENTS, type IncidentRow } from '#src/domain/tables/incidents.ts';
import { codings, firstOf } from '../datatypes.ts';
import { readIdentifier } from '../feedback/read-stored.ts';
import { get, isObject, objects, token } from '../read.ts';
import { exactTime } from './exact-time.ts';
import { modelOfDevice, NO_MODEL } from './model-key.fhir.ts';
import { refCell, sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

const { merp, harm } = INCIDENTS.columns;

/** R4 knows what happened and what could have; an unsafe condition is a category of our own. */
function kindOf(resource: unknown): IncidentRow['kind'] {
  const said = codings(get(resource, 'category')).map(({ code }) => code);
  if (said.includes('unsafe-condition')) return 'unsafe-condition';
  const actuality = get(resource, 'actuality');
  if (actuality === 'actual') return 'incident';
  return actuality === 'potential' ? 'near-miss' : 'unknown';
}

const wordIn = <W extends string>(concept: unknown, words: readonly W[]): W | undefined =>
  firstOf(codings(concept), ({ code }) => words.find((one) => one === code));

/** An AdverseEvent about an AI Device. How far the work on it is, stands in its Task. */
export function toIncidentRows(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<IncidentRow>[] {
  const source = sourceOf(resource, context);
  if (source === undefined || !isObject(resource)) return [];
  const suspect = firstOf(objects(get(resource, 'suspectEntity')), (one) => {
    const reference = token(get(get(one, 'instance'), 'reference'), 2_048);
    return reference?.includes('Device/') ? reference : undefined;
  });
  const subject = refCell(get(resource, 'subject'), context);
  const row = makeRow(INCIDENTS, {
    incident_id: readIdentifier({ identifier: get(resource, 'identifier') }) ?? source.place,
    kind: kindOf(resource),
    patient_id: subject?.includes('Patient/') ? subject : null,
    ...(suspect === undefined ? NO_MODEL : modelOfDevice(suspect, context)),
    unit: refCell(get(resource, 'location'), context),
    // Ours stand together: R4 binds `severity` to other words. Others may have put it there.
    merp:
      wordIn(get(resource, 'seriousness'), merp.values) ??
      wordIn(get(resource, 'severity'), merp.values),
    harm: wordIn(get(resource, 'seriousness'), harm.values),
    state: 'unknown',
    occurred_at: exactTime(get(resource, 'date')).at,
    discovered_at: exactTime(get(resource, 'detected')).at,
    reporter_id: refCell(get(resource, 'recorder'), context),
    recorded_at: source.updatedAt,
    status: 'final',
  });
  return [{ ...source, row }];
}
