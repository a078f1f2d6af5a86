import { type ActionOutcome, isAnnouncement } from '#src/domain/governance/feedback/attested.ts';
import type { ReviewCard } from '#src/state/review-model.ts';
import { useAnnounced } from '#src/state/use-announced.ts';
import { Button } from '#src/ui/button.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';

const CHOICES: readonly (readonly [ActionOutcome, string])[] = [
  ['done', 'Done'],
  ['not-done', 'Not done'],
  ['not-needed', 'No longer needed'],
];

/** As the button said it that was pressed. */
const wordsOf = ({ kind, mine }: ReviewCard): string =>
  kind.reasons.find(({ coding }) =>
    mine?.answer.reasons.some(({ code }) => code === coding.code && isAnnouncement(code)),
  )?.label ?? 'Risk handled another way';

/** Some hours after an action was announced: what became of it, in one press. */
export function AnnouncedAction({ card }: { readonly card: ReviewCard }) {
  const { asked, found, failed, say } = useAnnounced(card);
  if (!asked) return null;
  return (
    <Notice
      actions={CHOICES.map(([outcome, words]) => (
        <Button key={outcome} onClick={() => say(outcome)}>
          {words}
        </Button>
      ))}
      title={`You said: ${clipText(wordsOf(card), 80)}. Was it done?`}
      tone="info"
    >
      {found.length > 0 ? <p>New in the chart since: {clipText(found.join(', '), 300)}.</p> : null}
      {failed ? <p role="alert">It is not on record. Press again; it is stored once.</p> : null}
    </Notice>
  );
}
