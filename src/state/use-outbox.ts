import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { absoluteReference } from '#src/domain/coding.ts';
import { type AnswerOutbox, everythingIn, type OutboxItem } from '#src/domain/delivery.ts';
import type { Recommendation } from '#src/domain/recommendation.ts';

type Outbox = Pick<AnswerOutbox, 'items' | 'reports' | 'subscribe'>;
type Sent = Pick<OutboxItem, 'delivery'>;

export interface UndeliveredCount {
  /** Answers and reports of this session that the server does not have yet. */
  readonly undelivered: number;
  /** All of them outlive this window. */
  readonly durable: boolean;
}

/**
 * Of what is on its way, what these cards show: the same array while that looks the same. A thousand
 * answers that were kept for a server come and go without a card being drawn again.
 */
export function useItemsAbout(
  outbox: Outbox,
  recommendations: readonly Recommendation[],
): readonly OutboxItem[] {
  const select = useMemo(() => selectAbout(recommendations), [recommendations]);
  return useSelected(outbox, (all) => select(all.items()));
}

export function useUndelivered(outbox: Outbox): UndeliveredCount {
  return { undelivered: useSelected(outbox, countOpen), durable: useSelected(outbox, areDurable) };
}

function useSelected<T>(outbox: Outbox, select: (outbox: Outbox) => T): T {
  return useSyncExternalStore(
    useCallback((listener: () => void) => outbox.subscribe(listener), [outbox]),
    () => select(outbox),
  );
}

function selectAbout(recommendations: readonly Recommendation[]) {
  const ids = new Set(recommendations.map(({ id }) => id));
  let [seen, shown]: (readonly OutboxItem[])[] = [];
  return (items: readonly OutboxItem[]): readonly OutboxItem[] => {
    if (items === seen && shown) return shown;
    seen = items;
    const found = items.filter((item) =>
      ids.has(absoluteReference(item.answer.recommendation.ref)),
    );
    if (!shown || JSON.stringify(shown) !== JSON.stringify(found)) shown = found;
    return shown;
  };
}

export const isDelivered = ({ delivery }: Sent): boolean =>
  delivery.state === 'stored' || delivery.state === 'degraded';

const isOpen = (item: Sent): boolean => !isDelivered(item) && item.delivery.state !== 'retracted';

const countOpen = (outbox: Outbox): number => everythingIn(outbox).filter(isOpen).length;

const areDurable = (outbox: Outbox): boolean =>
  everythingIn(outbox).every(({ delivery }) => !('durable' in delivery) || delivery.durable);
