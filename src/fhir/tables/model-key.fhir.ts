import type { RecommendationRow } from '#src/domain/tables/recommendations.ts';
import { readDevice } from '../device.fhir.ts';
import { referenceOn } from '../feedback/reference.fhir.ts';
import { resolve } from '../reference.ts';
import type { PreparedContext } from './table-context.ts';

export type ModelKey = Pick<RecommendationRow, 'model_id' | 'model_version'>;

const UNKNOWN = 'unknown';
export const NO_MODEL: ModelKey = { model_id: null, model_version: null };

/** A model that is named has a version, if only `unknown`: so a row joins `models` by both. */
export const modelKey = (id: string | undefined, version: string | undefined): ModelKey =>
  id === undefined ? NO_MODEL : { model_id: id, model_version: version ?? UNKNOWN };

/** By the Device's identifier where it is at hand, as answers name it; else by its reference. */
export function modelOfDevice(reference: string | undefined, context: PreparedContext): ModelKey {
  if (reference === undefined) return NO_MODEL;
  const { server, issuer, pool } = context;
  const device = readDevice(resolve(reference, server, pool), server);
  if (!device.ok) return modelKey(referenceOn(issuer, server, reference), undefined);
  const { identifier, version } = device.value;
  return modelKey(identifier?.value ?? referenceOn(issuer, server, reference), version);
}
