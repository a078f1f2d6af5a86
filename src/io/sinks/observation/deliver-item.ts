import type { Answer } from '#src/domain/feedback.ts';
import { type AttemptResult, resultName } from '#src/domain/outbox/attempt-result.ts';
import { rowOf } from '#src/domain/outbox/policy.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import { toProvenance } from '#src/fhir/feedback/provenance.fhir.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { failureOf } from '../attempt-failure.ts';
import { place } from '../place.ts';
import { type DeliveryAttempt, type DeliveryContext, serverOf } from './delivery-context.ts';

import { readBack } from './read-back.ts';
import { takeBack } from './take-back.ts';

/**
 * One attempt to deliver one item, as it was before it was claimed; never throws. `leaving`: the page
 * is going away, the browser is asked to finish the request after it.
 */
export async function deliverItem(
  context: DeliveryContext,
  item: QueuedAnswer,
  leaving: boolean,
): Promise<AttemptResult> {
  const options = { keepalive: leaving };
  const attempt: DeliveryAttempt = { item, options, sent: false, acknowledged: false };
  if (serverOf(item) !== context.gateway.baseUrl) return { kind: 'foreign-origin', sent: false };
  try {
    if (item.kind === 'answer') return await file(context, attempt, item.answer);
    const taken = await takeBack(context, attempt);
    if ('file' in taken) return await file(context, attempt, taken.file);
    if (mayComeTwice(context, item)) return await file(context, attempt, item.answer);
    return { kind: 'stored', reference: taken.reference, lost: [], sent: true };
  } catch (cause) {
    const result = failureOf(cause, attempt.sent);
    const refused = result.kind === 'http' && isRefusal(result);
    if (!attempt.acknowledged) return result;
    return { ...(refused ? { kind: 'unreadable' } : result), sent: true, acknowledged: true };
  }
}

/**
 * A copy of what was in doubt may arrive yet, where repeats are not recognised and the clock by which
 * we waited was changed: a withdrawal beside the mark keeps that copy from counting.
 */
const mayComeTwice = ({ issuer }: DeliveryContext, item: QueuedAnswer): boolean =>
  !issuer.conditionalCreate && item.superseded !== undefined;

const isRefusal = (result: AttemptResult): boolean => rowOf(result).to === 'attention';

async function file(
  context: DeliveryContext,
  attempt: DeliveryAttempt,
  answer: Answer,
): Promise<AttemptResult> {
  const { hideFromPatient, hospitalStore } = context.issuer;
  const sent = toObservation(answer, { hideFromPatient, hospitalStore, ...attempt.item.target });
  const { gateway, clock } = context;
  const { conditionalCreate } = context.issuer;
  const { id } = attempt.item.answer;
  const writing = { gateway, clock, conditionalCreate, attempt, id, resource: sent };
  const placed = await place({ ...writing, type: 'Observation' });
  const { reference, lost } = await readBack(context, attempt, sent, placed);
  const missing = hospitalStore ? await fileProvenance(context, attempt, reference) : [];
  return { kind: 'stored', reference, lost: [...lost, ...missing], sent: true };
}

/** So often a Provenance is tried again, with its answer, before it is called lost. */
const PROVENANCE_ATTEMPTS = 6;

/** R4 Provenance has no identifier: its target is the key. Its refusal does not lose the answer. */
async function fileProvenance(
  { gateway }: DeliveryContext,
  { item }: DeliveryAttempt,
  target: string,
): Promise<readonly string[]> {
  try {
    const ifNoneExist = new URLSearchParams({ target }).toString();
    await gateway.create(toProvenance(item.answer, target, { ...item.target }), { ifNoneExist });
    return [];
  } catch (cause) {
    const result = failureOf(cause, true);
    if (!isRefusal(result) && item.attempts < PROVENANCE_ATTEMPTS) throw cause;
    return [`Provenance (who verified): not stored (${resultName(result)})`];
  }
}
