import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { EXTENSION, SYSTEM } from '../codes.ts';
import { codings, extensions, hasCode } from '../datatypes.ts';
import { codeIn } from '../feedback/concept.fhir.ts';
import { readIdentifier } from '../feedback/read-stored.ts';
import { boolean, get, isObject, type Json, line, number, objects } from '../read.ts';
import { refCell, sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

/** An Observation of governance with what all of them share. */
export interface GovernanceObservation {
  readonly resource: Json;
  readonly source: Omit<Sourced<never>, 'row'>;
  readonly id: string;
  readonly status: 'final' | 'entered-in-error';
  readonly performer: string | null;
  readonly unit: string | null;
  component(code: string): Json | undefined;
}

const NEVER_COUNTED: readonly unknown[] = ['registered', 'preliminary', 'unknown'];

/** Undefined where it is another Observation, or one that does not count yet. */
export function governanceObservation(
  resource: unknown,
  item: string,
  context: PreparedContext,
): GovernanceObservation | undefined {
  const source = sourceOf(resource, context);
  if (source === undefined || !isObject(resource)) return undefined;
  if (codeIn(get(resource, 'code'), SYSTEM.feedbackItem) !== item) return undefined;
  const status = get(resource, 'status');
  if (NEVER_COUNTED.includes(status)) return undefined;
  const [place] = extensions(resource, EXTENSION.eventLocation);
  return {
    resource,
    source,
    id: readIdentifier(resource) ?? source.place,
    status: status === 'entered-in-error' || status === 'cancelled' ? 'entered-in-error' : 'final',
    performer: refCell(objects(get(resource, 'performer'))[0], context),
    unit: refCell(get(place, 'valueReference'), context),
    component: (code) =>
      objects(get(resource, 'component')).find((one) =>
        hasCode(get(one, 'code'), SYSTEM.feedbackItem, code),
      ),
  };
}

/** The code of `valueCodeableConcept`, in whatever system. */
export const valueCode = (element: unknown): string | undefined =>
  codings(get(element, 'valueCodeableConcept'))[0]?.code;

/** What a component says, as one word or number: for a log that people read. */
export function valueText(element: unknown): string | null {
  const amount = number(get(get(element, 'valueQuantity'), 'value'));
  return (
    line(get(element, 'valueString')) ??
    valueCode(element) ??
    (amount === undefined ? null : String(amount))
  );
}

export const valueBoolean = (element: unknown): boolean | null =>
  boolean(get(element, 'valueBoolean')) ?? null;
