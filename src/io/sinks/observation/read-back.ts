import type { Observation } from 'fhir/r4';
import { subjectIs } from '#src/domain/identity.ts';
import type { QueuedAnswer, QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { carries, copiesOf } from '#src/io/copies-of.ts';
import { FhirError } from '#src/io/gateway.ts';
import { retractAnswer } from '#src/io/retract-answer.ts';
import { AttemptEnded } from '../attempt-failure.ts';
import type { Placed } from '../place.ts';
import {
  type DeliveryAttempt,
  type DeliveryContext,
  referenceTo,
  serverOf,
  subjectOf,
} from './delivery-context.ts';

export interface ReadBack {
  readonly reference: string;
  readonly lost: readonly string[];
}

/** Reads what the server holds and compares it with what was sent; surplus copies are put right. */
export async function readBack(
  context: DeliveryContext,
  { item }: DeliveryAttempt,
  sent: Observation,
  placed: Placed<Observation>,
): Promise<ReadBack> {
  if (!context.issuer.readBack && 'reference' in placed)
    return { reference: placed.reference, lost: [] };
  const copies = await allCopies(context, item, placed);
  const [oldest] = copies;
  const kept = copies.find(({ status }) => status !== 'entered-in-error') ?? oldest;
  if (!kept) throw new AttemptEnded({ kind: 'empty-201', sent: true });
  if (!aboutSubject(kept, item)) throw new AttemptEnded({ kind: 'wrong-patient', sent: true });
  for (const copy of copies) if (copy !== kept) await markSurplus(context, copy);
  const lost = compareObservations(sent, kept, context.gateway.baseUrl);
  return { reference: referenceTo(kept), lost };
}

async function allCopies(
  context: DeliveryContext,
  item: QueuedAnswer,
  placed: Placed<Observation>,
): Promise<readonly Observation[]> {
  if ('copies' in placed) return placed.copies;
  const stored = await read(context, placed.reference);
  if (stored.identifier && !carries(stored, item.answer.id))
    throw new AttemptEnded({ kind: 'other-resource', sent: true });
  if (context.issuer.conditionalCreate) return [stored];
  const found = await copiesOf(context.gateway, item.answer.id);
  // An index may lag behind, or the server may have dropped the identifier.
  return found.some(({ id }) => id === stored.id) ? found : [stored, ...found];
}

/** The server took it: whatever keeps us from reading it back, it was not refused. */
async function read({ gateway }: DeliveryContext, reference: string): Promise<Observation> {
  try {
    const found = await gateway.read('Observation', reference.slice('Observation/'.length));
    if (found.resourceType === 'Observation') return found;
  } catch (cause) {
    const refused =
      cause instanceof FhirError && ['forbidden', 'invalid', 'not-found'].includes(cause.kind);
    if (!refused) throw cause;
  }
  throw new AttemptEnded({ kind: 'unreadable', sent: true });
}

/** What a server dropped is a loss; what it says of somebody else is a harm. */
export function aboutSubject({ subject }: Pick<Observation, 'subject'>, item: QueuedItem): boolean {
  const said = subject?.reference;
  return (
    said === undefined ||
    subjectIs(said, serverOf(item), subjectOf(item).slice(subjectOf(item).lastIndexOf('/') + 1))
  );
}

/** The older copy is kept. Where the server takes no update, readers count by identifier. */
async function markSurplus({ gateway }: DeliveryContext, copy: Observation): Promise<void> {
  if (copy.status !== 'entered-in-error' && copy.id) await retractAnswer(gateway, copy.id);
}
