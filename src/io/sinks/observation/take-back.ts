import type { Observation } from 'fhir/r4';
import type { Answer } from '#src/domain/feedback.ts';
import { withdrawalWithout } from '#src/domain/outbox/collapse.ts';
import { settleWaitMs } from '#src/domain/outbox/settle.ts';
import { copiesOf } from '#src/io/copies-of.ts';
import { FhirError } from '#src/io/gateway.ts';
import { retractAnswer } from '#src/io/retract-answer.ts';
import { AttemptEnded } from '../attempt-failure.ts';
import { type DeliveryAttempt, type DeliveryContext, referenceTo } from './delivery-context.ts';
import { aboutSubject } from './read-back.ts';

export type TakenBack =
  | { readonly reference: string }
  /** The withdrawal itself must be filed. */
  | { readonly file: Answer };

/** Marks what the retraction names `entered-in-error`, every copy of it, where that can be done. */
export async function takeBack(
  context: DeliveryContext,
  attempt: DeliveryAttempt,
): Promise<TakenBack> {
  const { item } = attempt;
  const copies = await targets(context, attempt);
  const [first] = copies;
  if (!first) {
    // It may be on its way yet. Only then is it sure that marking will not do.
    const waitMs = settleWaitMs(item, context.clock.now());
    if (waitMs > 0) throw new AttemptEnded({ kind: 'settling', waitMs, sent: false });
    return { file: withdrawalWithout(item) };
  }
  if (!copies.every((copy) => aboutSubject(copy, item)))
    throw new AttemptEnded({ kind: 'wrong-patient', sent: true });
  for (const copy of copies)
    if (!(await mark(context, attempt, copy))) return { file: item.answer };
  return { reference: referenceTo(first) };
}

async function targets(
  context: DeliveryContext,
  { item }: DeliveryAttempt,
): Promise<readonly Observation[]> {
  const { replaces } = item.answer;
  if (!replaces) return [];
  const copies = await copiesOf(context.gateway, replaces.id);
  if (copies.length > 0 || replaces.reference === undefined) return copies;
  return await byReference(context, replaces.reference);
}

/** Stored by a server that dropped the identifier. */
async function byReference({ gateway }: DeliveryContext, reference: string) {
  try {
    const found = await gateway.read('Observation', reference.slice('Observation/'.length));
    return found.resourceType === 'Observation' ? [found] : [];
  } catch (cause) {
    if (cause instanceof FhirError && cause.kind === 'not-found') return [];
    throw cause;
  }
}

async function mark(
  { gateway }: DeliveryContext,
  attempt: DeliveryAttempt,
  { id, status }: Observation,
): Promise<boolean> {
  if (status === 'entered-in-error' || id === undefined) return true;
  attempt.sent = true;
  try {
    return await retractAnswer(gateway, id);
  } catch (cause) {
    // Somebody changed it between reading and writing: look again, as with any other conflict.
    if (!(cause instanceof FhirError) || cause.status !== 412) throw cause;
    throw new AttemptEnded({ kind: 'http', status: 409, sent: true });
  }
}
