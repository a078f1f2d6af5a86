import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '#src/features/review/draft.ts';
import { makeAnswered, NOW } from '#tests/support/review-fixtures.ts';
import { renderReview } from './render-review.tsx';

const R1 = 'https://ehr.example.org/fhir/RiskAssessment/r1';
afterEach(() => vi.useRealTimers());

const draft = (comment: string, change: Partial<Draft> = {}): Record<string, Draft> => ({
  [R1]: { panel: 'override', comment, doneInstead: '', ...change },
});
const comment = () => screen.queryByRole('textbox', { name: 'Comment' });

describe('a draft of an earlier page', () => {
  it('is shown when it comes after the cards, and never over what was typed since', async () => {
    const { user, update } = renderReview();
    expect(comment()).toBeNull();
    update({}, NOW, { initialDrafts: draft('from the device') });
    expect(comment()).toHaveProperty('value', 'from the device');
    await user.type(comment() as HTMLElement, ', and more');
    update({}, NOW, { initialDrafts: draft('from somewhere else') });
    expect(comment()).toHaveProperty('value', 'from the device, and more');
  });

  it('says when it was last changed', async () => {
    const onDraftChange = vi.fn();
    const { user } = renderReview({}, { initialDrafts: draft('Half'), onDraftChange });
    await user.type(comment() as HTMLElement, '!');
    expect(onDraftChange).toHaveBeenLastCalledWith(
      R1,
      expect.objectContaining({ comment: 'Half!', at: Date.now() }),
    );
  });

  // The browser died after the answer was kept and before its draft was erased.
  it.each([
    ['before the answer is done with', -6_000, false],
    ['in the second of the answer is done with', -4_600, false],
    ['after it is a change of mind', -1_000, true],
  ])('begun %s', (_, began, shown) => {
    const answeredAt = new Date(NOW - 5_000).toISOString();
    renderReview(
      { cards: [makeAnswered({ answeredAt })] },
      { initialDrafts: draft('said', { at: NOW + began }) },
    );
    expect(comment() !== null).toBe(shown);
  });
});
