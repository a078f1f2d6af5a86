import type { ReviewCard } from '#src/state/review-model.ts';
import { formatAge } from '#src/ui/format/age.ts';
import { Notice } from '#src/ui/notice.tsx';

/** Old advice looks exactly like new advice unless somebody says so. */
export function StaleNotice({ card, now }: { readonly card: ReviewCard; readonly now: number }) {
  const { recommendation } = card.detail;
  if (recommendation.status !== 'current' || !card.stale) return null;
  const age = formatAge(recommendation.producedAt, now);
  return (
    <Notice
      title={age.known ? `Produced ${age.sentence}` : 'It is not known when this was produced'}
      tone="warning"
    >
      <p>The patient may have changed since. Check the chart before you use it.</p>
    </Notice>
  );
}
