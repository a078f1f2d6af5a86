import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { settleWaitMs } from '#src/domain/outbox/settle.ts';
import type { Clock } from '#src/io/clock.ts';
import { carries, copiesOf, type Keyed, type KeyedAs, unlessThere } from '#src/io/copies-of.ts';
import { FhirError, type FhirGateway, type RequestOptions } from '#src/io/gateway.ts';
import { AttemptEnded } from './attempt-failure.ts';

/** Where the server has it: by reference, or already read as one copy or more, oldest first. */
export type Placed<Resource extends Keyed> =
  | { readonly reference: string }
  | { readonly copies: readonly [Resource, ...Resource[]] };

/** One attempt to write one resource once. */
export interface Writing<Type extends Keyed['resourceType']> {
  readonly gateway: FhirGateway;
  readonly clock: Clock;
  /** Proven by a probe; else it is searched for before it is sent. */
  readonly conditionalCreate: boolean;
  readonly attempt: WriteAttempt;
  readonly type: Type;
  /** Of the resource: the key by which it is found again. */
  readonly id: string;
  readonly resource: KeyedAs<Type>;
}

export interface WriteAttempt {
  readonly item: Pick<QueuedItem, 'lastSentAt' | 'acknowledged'>;
  readonly options: RequestOptions;
  /** Set before a write leaves, so that what is thrown afterwards is known to leave a doubt. */
  sent: boolean;
  /** The server said that it stored it; what fails after that is no refusal. */
  acknowledged: boolean;
}

function nonEmpty<Resource extends Keyed>(
  copies: readonly Resource[],
): Placed<Resource> | undefined {
  const [first, ...others] = copies;
  return first ? { copies: [first, ...others] } : undefined;
}

const found = async <Type extends Keyed['resourceType']>({ gateway, id, type }: Writing<Type>) =>
  nonEmpty(await copiesOf<Type>(gateway, id, type));

/** Creates the resource if the server does not have it yet; once, however often it is called. */
export const place = <Type extends Keyed['resourceType']>(
  writing: Writing<Type>,
): Promise<Placed<KeyedAs<Type>>> =>
  writing.conditionalCreate ? placeConditionally(writing) : placeAfterSearch(writing);

/** `If-None-Exist` (R4 http#ccreate): the server itself sees to it that there is one. */
async function placeConditionally<Type extends Keyed['resourceType']>(
  writing: Writing<Type>,
): Promise<Placed<KeyedAs<Type>>> {
  const { id, type } = writing;
  try {
    return await create(writing, unlessThere(id, type));
  } catch (cause) {
    // Several match: it is there, and more than once. What was found is put right by the reader.
    if (!(cause instanceof FhirError) || cause.status !== 412) throw cause;
    const there = await found(writing);
    if (there) return there;
    throw cause;
  }
}

/**
 * Without it: look; if in doubt wait and look again; then send. Leaving sends what was only held, so
 * it cannot be there yet; and a page that goes away gets no second turn: its first request must be
 * the one that stores.
 */
async function placeAfterSearch<Type extends Keyed['resourceType']>(
  writing: Writing<Type>,
): Promise<Placed<KeyedAs<Type>>> {
  const { item, options } = writing.attempt;
  if (!options.keepalive) {
    const there = await found(writing);
    if (there) return there;
    const waitMs = settleWaitMs(item, writing.clock.now());
    if (waitMs > 0) throw new AttemptEnded({ kind: 'settling', waitMs, sent: false });
    if (item.acknowledged) throw new AttemptEnded({ kind: 'empty-201', sent: false });
  }
  return await create(writing);
}

async function create<Type extends Keyed['resourceType']>(
  writing: Writing<Type>,
  ifNoneExist?: string,
): Promise<Placed<KeyedAs<Type>>> {
  const { gateway, attempt, id, type, resource } = writing;
  attempt.sent = true;
  const created = await gateway.create(resource, {
    ...attempt.options,
    ...(ifNoneExist !== undefined && { ifNoneExist }),
  });
  attempt.acknowledged = true;
  const { reference, resource: said } = created;
  const other = said?.resourceType === type && isKeyed(said) && !carries(said, id);
  if (reference && !other) return { reference };
  const there = await found(writing);
  if (there) return there;
  throw new AttemptEnded({ kind: other ? 'other-resource' : 'empty-201', sent: true });
}

const isKeyed = (resource: object): resource is Keyed =>
  'identifier' in resource && resource.identifier !== undefined;
