import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryState } from '#src/domain/delivery.ts';
import { held, makeAnswered, NOW } from '#tests/support/review-fixtures.ts';
import { button, pass, renderReview, theCard } from './render-review.tsx';

afterEach(() => vi.useRealTimers());

const at = new Date(NOW).toISOString();
const status = () => within(theCard()).getByRole('status').textContent;
const show = (delivery: DeliveryState) => renderReview({ cards: [makeAnswered({ delivery })] });

describe('where the answer is', () => {
  it.each<[DeliveryState, string]>([
    [held(8), 'Saved on this device'],
    [held(8, false), 'Not sent yet – keep this open'],
    [{ state: 'sending', durable: true }, 'Saved on this device'],
    [{ state: 'stored', at, reference: 'Observation/1' }, 'Sent'],
    [{ state: 'degraded', at, reference: 'Observation/1', lost: ['focus'] }, 'Stored in part'],
    [{ state: 'rejected', reason: '422', durable: true }, 'Refused'],
    [{ state: 'unknown', reason: 'timeout', durable: true }, 'Saved on this device'],
    [{ state: 'waiting-sign-in', durable: true }, 'Needs sign-in'],
    [{ state: 'waiting-patient', durable: true }, 'Waiting for this patient'],
  ])('%o is said as "%s"', (delivery, label) => {
    show(delivery);
    expect(status()).toBe(label);
  });

  it('is said in a live region that is there before there is anything to say', () => {
    const { update } = renderReview();
    const region = within(theCard()).getByRole('status');
    expect(region.textContent).toBe('');
    update({ cards: [makeAnswered({ delivery: held(10) })] });
    expect(within(theCard()).getByRole('status')).toBe(region);
    expect(region.textContent).toBe('Saved on this device');
  });

  it('counts down without changing the live region or the name of Undo', () => {
    const { update } = show(held(8));
    const spoken = status();
    expect(theCard().textContent).toMatch(/sends in 8\ss/);
    update({ cards: [makeAnswered({ delivery: held(8) })] }, NOW + 3000);
    expect(theCard().textContent).toMatch(/sends in 5\ss/);
    expect(status()).toBe(spoken);
    expect(button('Undo', theCard()).textContent).toBe('Undo');
  });

  it('never promises more than ten seconds, however late the clock on the screen is', () => {
    const { update } = show(held(10));
    update({ cards: [makeAnswered({ delivery: held(10) })] }, NOW - 900);
    expect(theCard().textContent).toMatch(/sends in 10\ss/);
  });

  it('does not show a deferral as done', () => {
    const deferred = (response: 'deferred' | 'accepted') =>
      makeAnswered({ choice: { response }, delivery: { state: 'stored', at, reference: 'x' } });
    const { update } = renderReview({ cards: [deferred('deferred')] });
    const section = () => within(theCard()).getByRole('region', { name: 'Your answer' });
    expect(section().dataset.tone).toBe('neutral');
    expect(within(theCard()).getByRole('group', { name: /^Deferred/ }).textContent).toContain(
      '(clinician)',
    );
    update({ cards: [deferred('accepted')] });
    expect(section().dataset.tone).toBe('ok');
  });

  it('offers no Undo once the time is over, and keeps the keyboard at the answer', () => {
    const { update } = show(held(8));
    button('Undo', theCard()).focus();
    update({ cards: [makeAnswered({ delivery: held(8) })] }, NOW + 8000);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(document.activeElement).toBe(
      within(theCard()).getByRole('group', { name: /^Accepted/ }),
    );
  });

  it('says before the end of Undo that a site cannot take an answer back', () => {
    renderReview({ cards: [makeAnswered({ delivery: held(8) })], canRetract: false });
    expect(theCard().textContent).toContain('cannot be taken back once it is sent');
  });

  it('never lets an acceptance be taken for an order', () => {
    show(held(8));
    expect(theCard().textContent).toContain('Recorded. Nothing was ordered.');
    expect(theCard().textContent).toContain('Next: open the Sepsis order set in the EHR');
  });

  it('names what was lost, why it was refused, and the cure', async () => {
    const lost = [
      'recommendation answered: not stored (Observation.focus)',
      'comment: stored differently (Observation.note)',
      'reason: shortened to what a flowsheet holds (Observation.valueString)',
    ];
    const lossy = show({ state: 'degraded', at, reference: 'x', lost });
    expect(theCard().textContent).toContain(
      'not: recommendation answered, comment (changed), reason (shortened).',
    );
    lossy.unmount();
    const { actions, user } = show({ state: 'rejected', reason: 'Not allowed', durable: false });
    expect(theCard().textContent).toContain('Not allowed');
    await user.click(button('Try again', theCard()));
    expect(actions.retry).toHaveBeenCalledExactlyOnceWith('urn:uuid:a1');
  });

  it('signs in from the card that needs it', async () => {
    const { actions, user } = show({ state: 'waiting-sign-in', durable: true });
    await user.click(button('Sign in', theCard()));
    expect(actions.signIn).toHaveBeenCalledOnce();
  });

  it('takes a comment while the answer is held, and says when it is too late', async () => {
    const { actions, user } = show(held(8));
    await user.click(button('Add a comment', theCard()));
    await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'bed 12');
    await user.click(button('Save comment', theCard()));
    expect(actions.edit).toHaveBeenCalledExactlyOnceWith('urn:uuid:a1', { comment: 'bed 12' });
    actions.edit.mockResolvedValue(false);
    await pass(0);
    await user.click(button('Add a comment', theCard()));
    await user.click(button('Save comment', theCard()));
    expect((await screen.findByRole('alert')).textContent).toContain('Already sent');
  });
});
