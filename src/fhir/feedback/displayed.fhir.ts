import type { Observation } from 'fhir/r4';
import type { ResourceRef } from '#src/domain/coding.ts';
import { absoluteReference } from '#src/domain/coding.ts';
import type { AnsweredRecommendation, Exposure, StoredAnswer } from '#src/domain/feedback.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { uuidV5 } from '#src/domain/uuid-v5.ts';
import { COMPONENT, ITEM, LABEL, PROFILE } from '../codes.ts';
import { defined, type Problems } from '../read.ts';
import { componentReader, readModel } from './component-reader.ts';
import { toDisplayedComponents } from './components.fhir.ts';
import { securityLabel, type TargetStore, toBase } from './observation-base.ts';
import { type ReadOptions, readStored } from './read-stored.ts';
import { exposureProblems, UnwritableFeedbackError } from './writable.ts';

/** Namespace of our exposure identifiers; changing it would count old exposures twice. */
const EXPOSURE_NAMESPACE = '6f0b6a5e-3d0b-4f5e-9c58-0c1f6a6b7d21';

/**
 * The same recommendation version, clinician and launch always give the same identifier, so that a
 * second tab, a reload or a retry cannot count an exposure twice.
 */
export function exposureId(
  recommendation: Pick<AnsweredRecommendation, 'ref' | 'version'>,
  performer: string,
  launchId: string,
  withheld = false,
): string {
  const name = JSON.stringify([
    absoluteReference(recommendation.ref),
    recommendation.version ?? null,
    performer,
    launchId,
    ...(withheld ? [ITEM.withheld] : []),
  ]);
  return `urn:uuid:${uuidV5(EXPOSURE_NAMESPACE, name)}`;
}

/**
 * For the hospital store only: an EHR chart does not get exposures. What was kept from the screen has a
 * code of its own, so that no count of exposures ever meets it.
 */
export function toDisplayedObservation(exposure: Exposure, store: TargetStore = {}): Observation {
  const problems = exposureProblems(exposure);
  if (problems.length > 0) throw new UnwritableFeedbackError(problems);
  const { withheld = false } = exposure;
  const item = withheld ? ITEM.withheld : ITEM.displayed;
  const { resourceType, ...base } = toBase(exposure, item, store);
  return {
    resourceType,
    meta: {
      ...(!withheld && { profile: [PROFILE.recommendationDisplayed] }),
      security: [securityLabel(LABEL.device)],
    },
    ...base,
    effectiveDateTime: exposure.displayedAt,
    component: toDisplayedComponents(
      exposure.recommendation.version,
      exposure.model,
      exposure.appVersion,
    ),
  };
}

/** An exposure as a server holds it. */
export interface StoredExposure {
  readonly exposure: Exposure;
  readonly ref: ResourceRef;
  readonly version?: string;
  readonly status: StoredAnswer['status'];
}

export function fromDisplayedObservation(
  resource: unknown,
  server: string,
  options: ReadOptions = {},
): ReadResult<StoredExposure> {
  const problems: Problems = [];
  const stored = readStored(resource, ITEM.displayed, server, options, problems);
  if (!stored.ok) return stored;
  const reader = componentReader(stored.resource.component, problems);
  const version = reader.string(COMPONENT.recommendationVersion) ?? stored.recommendation.version;
  const exposure = defined<Exposure>({
    ...stored.common,
    recommendation: defined<AnsweredRecommendation>({ ...stored.recommendation, version }),
    displayedAt: stored.at,
    model: readModel(reader, problems),
    appVersion: reader.string(COMPONENT.appVersion) ?? 'unknown',
  });
  const { ref, status } = stored;
  return {
    ok: true,
    value: defined<StoredExposure>({ exposure, ref, version: stored.version, status }),
    problems,
  };
}
