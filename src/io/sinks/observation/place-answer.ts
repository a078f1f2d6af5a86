import type { Observation } from 'fhir/r4';
import { settleWaitMs } from '#src/domain/outbox/settle.ts';
import { carries, copiesOf, unlessThere } from '#src/io/copies-of.ts';
import { FhirError } from '#src/io/gateway.ts';
import { AttemptEnded } from '../attempt-failure.ts';
import type { DeliveryAttempt, DeliveryContext } from './delivery-context.ts';

/** Where the server has it: by reference, or already read as one copy or more, oldest first. */
export type Placed =
  | { readonly reference: string }
  | { readonly copies: readonly [Observation, ...Observation[]] };

const nonEmpty = (copies: readonly Observation[]): Placed | undefined => {
  const [first, ...others] = copies;
  return first ? { copies: [first, ...others] } : undefined;
};

/** Creates the Observation if the server does not have it yet; once, however often it is called. */
export function place(
  context: DeliveryContext,
  attempt: DeliveryAttempt,
  resource: Observation,
): Promise<Placed> {
  return context.issuer.conditionalCreate
    ? placeConditionally(context, attempt, resource)
    : placeAfterSearch(context, attempt, resource);
}

/** `If-None-Exist` (R4 http#ccreate): the server itself sees to it that there is one. */
async function placeConditionally(
  context: DeliveryContext,
  attempt: DeliveryAttempt,
  resource: Observation,
): Promise<Placed> {
  const { id } = attempt.item.answer;
  try {
    return await create(context, attempt, resource, unlessThere(id));
  } catch (cause) {
    // Several match: it is there, and more than once. What was found is put right by the reader.
    if (!(cause instanceof FhirError) || cause.status !== 412) throw cause;
    const found = nonEmpty(await copiesOf(context.gateway, id));
    if (found) return found;
    throw cause;
  }
}

/**
 * Without it: look; if in doubt wait and look again; then send. Leaving sends what was only held, so
 * it cannot be there yet; and a page that goes away gets no second turn: its first request must be
 * the one that stores.
 */
async function placeAfterSearch(
  context: DeliveryContext,
  attempt: DeliveryAttempt,
  resource: Observation,
): Promise<Placed> {
  const { item, options } = attempt;
  if (!options.keepalive) {
    const found = nonEmpty(await copiesOf(context.gateway, item.answer.id));
    if (found) return found;
    const waitMs = settleWaitMs(item, context.clock.now());
    if (waitMs > 0) throw new AttemptEnded({ kind: 'settling', waitMs, sent: false });
    if (item.acknowledged) throw new AttemptEnded({ kind: 'empty-201', sent: false });
  }
  return await create(context, attempt, resource);
}

async function create(
  context: DeliveryContext,
  attempt: DeliveryAttempt,
  resource: Observation,
  ifNoneExist?: string,
): Promise<Placed> {
  const { id } = attempt.item.answer;
  attempt.sent = true;
  const created = await context.gateway.create(resource, {
    ...attempt.options,
    ...(ifNoneExist !== undefined && { ifNoneExist }),
  });
  attempt.acknowledged = true;
  const { reference, resource: said } = created;
  const other = said?.resourceType === 'Observation' && said.identifier && !carries(said, id);
  if (reference && !other) return { reference };
  const found = nonEmpty(await copiesOf(context.gateway, id));
  if (found) return found;
  throw new AttemptEnded({ kind: other ? 'other-resource' : 'empty-201', sent: true });
}
