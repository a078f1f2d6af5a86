import { CHANGES, type ChangeRow } from '#src/domain/tables/changes.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { SYSTEM } from '../codes.ts';
import { annotations, period } from '../datatypes.ts';
import { codeIn } from '../feedback/concept.fhir.ts';
import { get, token } from '../read.ts';
import { exactTime } from './exact-time.ts';
import { GOVERNANCE_COMPONENT, GOVERNANCE_ITEM } from './governance-codes.ts';
import {
  type GovernanceObservation,
  governanceObservation,
  valueCode,
  valueText,
} from './governance-observation.ts';
import { modelOfDevice } from './model-key.fhir.ts';
import type { PreparedContext } from './table-context.ts';

const KINDS = CHANGES.columns.kind.values;

function toRow(
  read: GovernanceObservation,
  kind: ChangeRow['kind'],
  to: string | null,
  context: PreparedContext,
): ChangeRow {
  const { resource } = read;
  const { start, end } = period(get(resource, 'effectivePeriod'));
  return makeRow(CHANGES, {
    change_id: read.id,
    kind,
    ...modelOfDevice(token(get(get(resource, 'subject'), 'reference'), 2_048), context),
    unit: read.unit,
    changed_at: exactTime(start ?? get(resource, 'effectiveDateTime')).at,
    until: exactTime(end).at,
    from_value: valueText(read.component(GOVERNANCE_COMPONENT.from)),
    to_value: to,
    description: annotations(get(resource, 'note')),
    approved_by: read.performer,
    recorded_at: read.source.updatedAt,
    status: read.status,
  });
}

/** A `model-state` or `model-change` Observation as a line of the change log. */
export function toChangeRows(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<ChangeRow>[] {
  const state = governanceObservation(resource, GOVERNANCE_ITEM.state, context);
  if (state !== undefined) {
    const to = codeIn(get(state.resource, 'valueCodeableConcept'), SYSTEM.modelState) ?? null;
    return [{ ...state.source, row: toRow(state, 'state', to, context) }];
  }
  const change = governanceObservation(resource, GOVERNANCE_ITEM.change, context);
  if (change === undefined) return [];
  const said = valueCode(change.resource);
  const kind = KINDS.find((one) => one === said) ?? 'other';
  const to = valueText(change.component(GOVERNANCE_COMPONENT.to));
  return [{ ...change.source, row: toRow(change, kind, to, context) }];
}
