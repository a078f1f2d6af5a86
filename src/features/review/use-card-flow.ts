import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Choice } from '#src/domain/feedback.ts';
import type { AnswerMeasures, ReviewActions, ReviewCard } from '#src/state/review-model.ts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';

/** Where the keyboard goes once the screen has changed. */
export type FocusPlace = Draft['panel'] | 'answered';

export interface CardFlow {
  readonly section: RefObject<HTMLDivElement | null>;
  readonly draft: Draft;
  readonly busy: boolean;
  readonly error: string | undefined;
  change(change: Partial<Draft>): void;
  open(panel: Draft['panel'], amends?: string): void;
  close(): void;
  /** `amends`: the answer that this one replaces, when the draft does not name it. */
  answer(choice: Choice, amends?: string): void;
  /** Any other action on an answer; a failure is said, not swallowed. */
  run(work: () => Promise<unknown>, then?: FocusPlace): void;
}

export interface CardFlowOptions {
  readonly card: ReviewCard;
  readonly actions: ReviewActions;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
  readonly measures: () => AnswerMeasures;
}

const messageOf = (error: unknown): string =>
  error instanceof Error && error.message !== ''
    ? error.message
    : 'That did not work. Nothing was changed; please try again.';

/** The clinician has moved on to something outside this card: leave the keyboard there. */
const isElsewhere = (section: HTMLElement | null): boolean => {
  const active = document.activeElement;
  return active !== null && active !== document.body && section?.contains(active) === false;
};

/**
 * After an action of the clinician, and only then, focus moves to the container of what appeared:
 * never to a button, so that no key that is still down can decide anything.
 */
function useFocusAfterAction(section: RefObject<HTMLDivElement | null>) {
  const wanted = useRef<FocusPlace | undefined>(undefined);
  useEffect(() => {
    if (!wanted.current) return;
    if (isElsewhere(section.current)) {
      wanted.current = undefined;
      return;
    }
    const place = section.current?.querySelector<HTMLElement>(
      `[data-focus-place="${wanted.current}"]`,
    );
    if (!place) return;
    wanted.current = undefined;
    place.focus();
  });
  return wanted;
}

export function useCardFlow(options: CardFlowOptions): CardFlow {
  const { card, actions, draft, onDraft, measures } = options;
  const section = useRef<HTMLDivElement>(null);
  const wanted = useFocusAfterAction(section);
  const working = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const run = (work: () => Promise<unknown>, then?: FocusPlace) => {
    // Two clicks in one frame are one decision.
    if (working.current) return;
    working.current = true;
    setBusy(true);
    setError(undefined);
    work()
      .then(
        () => {
          wanted.current = then;
        },
        (reason: unknown) => setError(messageOf(reason)),
      )
      .finally(() => {
        working.current = false;
        setBusy(false);
      });
  };

  const answer = (choice: Choice, amends = draft.amends) => {
    const id = card.detail.recommendation.id;
    run(async () => {
      if (amends === undefined) await actions.answer(id, choice, measures());
      else await actions.amend(amends, choice, measures());
      onDraft(EMPTY_DRAFT);
    }, 'answered');
  };

  const open = (panel: Draft['panel'], amends = draft.amends) => {
    wanted.current = panel;
    setError(undefined);
    onDraft({ ...draft, panel, ...(amends === undefined ? {} : { amends }) });
  };

  return {
    section,
    draft,
    busy,
    error,
    change: (change) => onDraft({ ...draft, ...change }),
    open,
    close() {
      wanted.current =
        draft.amends !== undefined && draft.panel === 'choose' ? 'answered' : 'choose';
      setError(undefined);
      if (draft.panel === 'choose') onDraft(EMPTY_DRAFT);
      else onDraft({ ...draft, panel: 'choose' });
    },
    answer,
    run,
  };
}
