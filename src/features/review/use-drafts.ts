import { useCallback, useState } from 'react';
import { type Draft, EMPTY_DRAFT, isEmptyDraft } from './draft.ts';
import type { ReviewScreenProps } from './review-props.ts';

export interface Drafts {
  get(recommendationId: string): Draft;
  set(recommendationId: string, draft: Draft): void;
}

/** Kept above the cards and by id, so that neither a refetch nor closing a card loses typed words. */
export function useDrafts(
  initial: ReviewScreenProps['initialDrafts'],
  onChange: ReviewScreenProps['onDraftChange'],
): Drafts {
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>(initial ?? {});
  const set = useCallback(
    (id: string, draft: Draft) => {
      setDrafts((all) => ({ ...all, [id]: draft }));
      onChange?.(id, isEmptyDraft(draft) ? undefined : draft);
    },
    [onChange],
  );
  return { get: (id) => drafts[id] ?? EMPTY_DRAFT, set };
}
