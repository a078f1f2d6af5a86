import '#tests/support/dom-gaps.ts';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { lateForms } from '#src/features/review/late-forms.tsx';
import type { ReviewScreenProps } from '#src/features/review/review-props.ts';
import { ReviewScreen } from '#src/features/review/review-screen.tsx';
import type { ReviewActions, ReviewModel } from '#src/state/review-model.ts';
import { ARMING_MS } from '#src/ui/guarded-button.tsx';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import { categories, makeModel, NOW } from '#tests/support/review-fixtures.ts';

// As a clinician finds it, a moment after the first card.
await lateForms.load();

export type FakeActions = {
  [K in keyof ReviewActions]: ReturnType<typeof vi.fn<ReviewActions[K]>>;
};

export const fakeActions = (): FakeActions => ({
  answer: vi.fn<ReviewActions['answer']>(() => Promise.resolve()),
  undo: vi.fn<ReviewActions['undo']>(() => Promise.resolve()),
  edit: vi.fn<ReviewActions['edit']>(() => Promise.resolve(true)),
  amend: vi.fn<ReviewActions['amend']>(() => Promise.resolve()),
  retract: vi.fn<ReviewActions['retract']>(() => Promise.resolve()),
  retry: vi.fn<ReviewActions['retry']>(() => Promise.resolve()),
  displayed: vi.fn<ReviewActions['displayed']>(),
  refresh: vi.fn<ReviewActions['refresh']>(),
  signIn: vi.fn<ReviewActions['signIn']>(),
});

export const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
/** Until the buttons that decide may be pressed. */
export const arm = () => pass(ARMING_MS);

/** Timers are the test's; what the buttons wait for is passed by hand. */
export function renderReview(
  model: Partial<ReviewModel> = {},
  props: Partial<ReviewScreenProps> = {},
) {
  vi.useFakeTimers({ now: NOW });
  // Testing Library looks for this name to learn that time does not pass by itself.
  vi.stubGlobal('jest', { advanceTimersByTime: (ms: number) => vi.advanceTimersByTime(ms) });
  const actions = fakeActions();
  const user = userEvent.setup({ delay: null });
  const view = (next: Partial<ReviewModel>, now = NOW, more: Partial<ReviewScreenProps> = {}) => (
    <UiProvider>
      <ReviewScreen
        actions={actions}
        model={makeModel(next)}
        now={now}
        reasonGroups={categories}
        {...props}
        {...more}
      />
    </UiProvider>
  );
  const rendered = render(view(model));
  const update = (next: Partial<ReviewModel>, now?: number, more?: Partial<ReviewScreenProps>) =>
    rendered.rerender(view(next, now, more));
  return { actions, user, update, ...rendered };
}

export const theCard = (name: RegExp | string = /sepsis bundle/) =>
  screen.getByRole('article', { name });

export const button = (name: string | RegExp, within_: HTMLElement = document.body) =>
  within(within_).getByRole('button', { name });
