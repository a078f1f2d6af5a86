import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { MODELS, type ModelRow } from '#src/domain/tables/models.ts';
import { isAiDevice } from '../ai-origin.ts';
import { readDevice } from '../device.fhir.ts';
import { get } from '../read.ts';
import { sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

/**
 * A Device that says it is an AI, or that the site accepts as one. State, threshold and horizon are
 * none of its own: governance and the site's settings add them (`derive-tables.ts`).
 */
export function toModelRows(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<ModelRow>[] {
  const read = readDevice(resource, context.server);
  const source = sourceOf(resource, context);
  if (!read.ok || source === undefined || get(resource, 'status') === 'entered-in-error') return [];
  const { identifier, version, name, manufacturer, owner } = read.value;
  const names = [source.place, identifier?.value];
  const registered = context.source.aiDevices.some((one) => names.includes(one));
  if (!isAiDevice(resource) && !registered) return [];
  const row = makeRow(MODELS, {
    model_id: identifier?.value ?? source.place,
    model_version: version ?? 'unknown',
    device_id: source.place,
    name,
    manufacturer,
    owner,
    model_state: 'unknown',
  });
  return [{ ...source, row }];
}
