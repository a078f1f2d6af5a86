import type { Problem } from '#src/domain/problem.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { EXPOSURES, type ExposureRow } from '#src/domain/tables/exposures.ts';
import { fromDisplayedObservation, type StoredExposure } from '../feedback/displayed.fhir.ts';
import { plainReference } from '../reference.ts';
import { exactTime } from './exact-time.ts';
import { modelKey } from './model-key.fhir.ts';
import { sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

function toRow(
  { exposure, status }: StoredExposure,
  recordedAt: number | null,
  issuer: string,
): ExposureRow {
  const { recommendation, performer, model, appVersion } = exposure;
  const displayed = exactTime(exposure.displayedAt);
  return makeRow(EXPOSURES, {
    exposure_id: exposure.id,
    recommendation_id: plainReference(recommendation.ref, issuer),
    recommendation_version: recommendation.version ?? 'unknown',
    patient_id: exposure.patient,
    encounter_id: exposure.encounter,
    clinician_id: performer.reference,
    clinician_role: performer.function?.code || performer.function?.display || null,
    ...modelKey(model?.identifier, model?.version),
    model_state: model?.state,
    displayed_at: displayed.at,
    displayed_offset_min: displayed.offset,
    recorded_at: recordedAt,
    app_version: appVersion === 'unknown' ? null : appVersion,
    time_quality: displayed.at === null ? 'imprecise' : 'ok',
    status,
    implied: false,
  });
}

/** A `recommendation-displayed` as an exposure, or why it is none. */
export function toExposureRows(
  resource: unknown,
  context: PreparedContext,
): { readonly exposures: readonly Sourced<ExposureRow>[]; readonly problems: readonly Problem[] } {
  const { server, issuer } = context;
  const read = fromDisplayedObservation(resource, server, { issuer });
  const source = sourceOf(resource, context);
  if (!read.ok) return { exposures: [], problems: [read.problem] };
  if (source === undefined) return { exposures: [], problems: [] };
  const row = toRow(read.value, source.updatedAt, issuer);
  return { exposures: [{ ...source, row }], problems: read.problems };
}
