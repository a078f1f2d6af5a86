import type { Exposure } from '#src/domain/feedback.ts';
import type { RecommendationDetail } from '#src/domain/recommendation.ts';
import type { Deps } from './deps.ts';
import { answered, modelAtAnswer } from './make-answer.ts';
import type { Withheld } from './review-model.ts';

type Seen = Pick<Exposure, 'recommendation' | 'displayedAt' | 'model' | 'withheld'>;

/** Headline and score were in view; `at` is ISO 8601. */
export const recordSeen = (
  deps: Deps,
  patientId: string,
  detail: RecommendationDetail,
  at: string,
): void =>
  record(deps, patientId, {
    recommendation: answered(detail),
    displayedAt: at,
    model: modelAtAnswer(detail),
  });

/** It would have been on this screen now, and nobody saw it: for the trial of a model that runs silently. */
export const recordWithheld = (deps: Deps, patientId: string, withheld: Withheld): void =>
  record(deps, patientId, { ...withheld, displayedAt: deps.timestamp(), withheld: true });

/** The store counts each once for a launch, however often it is recorded. */
function record(deps: Deps, patientId: string, seen: Seen): void {
  const { performer, encounterId, issuer } = deps.session;
  if (!performer) return;
  deps.recordExposure({
    issuer,
    patient: `Patient/${patientId}`,
    ...(encounterId && { encounter: `Encounter/${encounterId}` }),
    performer: { reference: performer },
    appVersion: deps.appVersion,
    ...seen,
  });
}
