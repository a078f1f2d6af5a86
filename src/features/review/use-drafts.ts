import { useCallback, useState } from 'react';
import { type Draft, EMPTY_DRAFT, isAnsweredSince, isEmptyDraft } from './draft.ts';
import type { ReviewScreenProps } from './review-props.ts';

export interface Drafts {
  /** `answeredAt`: when this clinician last answered it, if so. */
  get(recommendationId: string, answeredAt?: string): Draft;
  set(recommendationId: string, draft: Draft): void;
}

export interface DraftsOptions {
  /** Of earlier pages; may come a little after the cards. */
  readonly initial: ReviewScreenProps['initialDrafts'];
  readonly onChange: ReviewScreenProps['onDraftChange'];
  readonly clock: { now(): number };
}

/** Kept above the cards and by id, so that neither a refetch nor closing a card loses typed words. */
export function useDrafts({ initial, onChange, clock }: DraftsOptions): Drafts {
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const set = useCallback(
    (id: string, draft: Draft) => {
      setDrafts((all) => ({ ...all, [id]: draft }));
      onChange?.(id, isEmptyDraft(draft) ? undefined : { ...draft, at: clock.now() });
    },
    [onChange, clock],
  );
  const get = (id: string, answeredAt?: string): Draft => {
    const earlier = initial?.[id];
    if (drafts[id]) return drafts[id];
    return earlier && !isAnsweredSince(earlier, answeredAt) ? earlier : EMPTY_DRAFT;
  };
  return { get, set };
}
