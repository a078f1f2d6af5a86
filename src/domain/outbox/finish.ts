import { knowing } from './collapse.ts';
import { type Delivered, itemId, payloadOf, type QueuedItem } from './queued-answer.ts';

export interface Finish {
  readonly put: readonly QueuedItem[];
  /** Ids of items. */
  readonly remove: readonly string[];
}

/**
 * What changes in the queue once a sink has an item: it is kept while another place of the same
 * answer is to come, else erased with all of them. `has`: sinks' items that are known to be delivered
 * though the device has not taken note of it yet.
 */
export function finish(
  item: QueuedItem,
  delivered: Delivered,
  items: readonly QueuedItem[],
  has: (id: string) => boolean,
): Finish {
  const group = items.filter((one) => payloadOf(one).id === payloadOf(item).id);
  const isOpen = group.some(({ id, phase }) => id !== item.id && phase !== 'delivered' && !has(id));
  const followers = items.flatMap((one) => {
    const told = knowing(one, item, delivered.reference);
    return told === one ? [] : [told];
  });
  const target = takenBack(item, items);
  return {
    put: [...(isOpen ? [{ ...item, phase: 'delivered' as const, delivered }] : []), ...followers],
    remove: [...(isOpen ? [] : group.map(({ id }) => id)), ...(target ? [target] : [])],
  };
}

/** A person need not look any more at what was taken back. */
function takenBack(
  { kind, answer, sink }: QueuedItem,
  items: readonly QueuedItem[],
): string | undefined {
  if (kind !== 'retraction' || !answer?.replaces) return undefined;
  const target = itemId(answer.replaces.id, sink);
  return items.some(({ id }) => id === target) ? target : undefined;
}

/** Answers of which every place has been delivered; kept for a place that was since given up. */
export const finished = (items: readonly QueuedItem[]): readonly string[] =>
  [...Map.groupBy(items, (item) => payloadOf(item).id).values()]
    .filter((group) => group.every(({ phase }) => phase === 'delivered'))
    .flatMap((group) => group.map(({ id }) => id));
