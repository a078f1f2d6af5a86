import type { QueryClient } from '@tanstack/react-query';
import type { Bundle } from 'fhir/r4';
import type {
  Concern,
  FrozenEvidence,
  SafetyReport,
} from '#src/domain/governance/incidents/incident.ts';
import type { Setting } from '#src/fhir/setting.fhir.ts';
import type { Deps } from './deps.ts';
import { answered, modelAtAnswer } from './make-answer.ts';
import { patientQuery, settingQuery } from './review.queries.ts';
import { Refused, requirePerformer, requireSamePatient } from './review-actions.ts';
import type { ReviewCard } from './review-model.ts';

/** What a report is made of, besides who and where. */
export interface Reporting {
  readonly card: ReviewCard;
  readonly concern: Concern;
  /** As it was when the form was opened. */
  readonly frozen: Bundle;
}

/** Resolves with the identifier of the report once it is held; rejects with words for the clinician. */
export async function reportConcern(
  deps: Deps,
  client: QueryClient,
  { card, concern, frozen }: Reporting,
): Promise<string> {
  const { patientId } = deps.session;
  if (patientId === undefined) throw new Refused('No patient is open. Nothing was recorded.');
  requireSamePatient(deps, client, patientId, card);
  const performer = requirePerformer(deps);
  const evidence = await sealEvidence(deps, frozen);
  const setting: Setting = client.getQueryData(settingQuery(deps, patientId).queryKey) ?? {};
  const shownPatient = client.getQueryData(patientQuery(deps, patientId).queryKey)?.displayName;
  const { detail } = card;
  const { model } = detail;
  const { encounterId, issuer } = deps.session;
  const report: SafetyReport = {
    ...concern,
    id: deps.newId(),
    taskId: deps.newId(),
    evidence,
    issuer,
    patient: `Patient/${patientId}`,
    ...(encounterId && { encounter: `Encounter/${encounterId}` }),
    ...(setting.location && { location: setting.location }),
    recommendation: answered(detail),
    model: {
      ...modelAtAnswer(detail),
      name: model.name,
      ...(model.ref && { ref: model.ref }),
      ...(model.identifier?.system && { identifierSystem: model.identifier.system }),
    },
    performer: { reference: performer, ...(setting.role && { function: setting.role }) },
    reportedAt: deps.timestamp(),
    ...(card.mine && {
      answerId: card.mine.answer.id,
      ...(card.mine.answer.response === 'overridden' && {
        answerReasons: card.mine.answer.reasons,
      }),
    }),
    context: {
      appVersion: deps.appVersion,
      shownTitle: detail.recommendation.title,
      ...(shownPatient && { shownPatient }),
    },
  };
  // While the evidence was sealed the token may have become another patient's.
  requireSamePatient(deps, client, patientId, card);
  await deps.outbox.submitReport(report);
  return report.id;
}

/** R4 wants the SHA-1 of an attachment: it finds changes, it is no protection against forgery. */
async function sealEvidence(deps: Deps, frozen: Bundle): Promise<FrozenEvidence> {
  const json = JSON.stringify(frozen).toWellFormed();
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(json));
  const bytes = Array.from(new Uint8Array(digest), (byte) => String.fromCharCode(byte));
  return { id: deps.newId(), json, sha1: btoa(bytes.join('')) };
}
