import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  held,
  hl7,
  kind,
  makeAnswer,
  makeAnswered,
  makeCard,
  NOW,
} from '#tests/support/review-fixtures.ts';
import { arm, button, pass, renderReview, theCard } from './render-review.tsx';

const R1 = 'https://ehr.example.org/fhir/RiskAssessment/r1';
afterEach(() => vi.useRealTimers());

describe('answering', () => {
  it('accepts in one action, with what was measured', async () => {
    const { actions, user } = renderReview();
    await arm();
    await user.click(button('Accept', theCard()));
    expect(actions.answer).toHaveBeenCalledExactlyOnceWith(
      R1,
      { response: 'accepted', reasons: [] },
      { evidenceOpened: false },
    );
  });

  it('offers four answers of equal weight; none is focused, selected or the default', () => {
    renderReview();
    const names = ['Accept', 'Override', 'Accept with changes', 'Defer'];
    const looks = names.map((name) => {
      const { className, dataset } = button(name, theCard());
      return [className, dataset.look, dataset.tone].join();
    });
    expect(new Set(looks).size).toBe(1);
    expect(document.activeElement).toBe(document.body);
  });

  it('has no answer to several at once: each press answers the card that it stands in', async () => {
    const R2 = 'https://ehr.example.org/fhir/RiskAssessment/r2';
    const { detail } = makeCard();
    const second = { ...detail.recommendation, id: R2, title: 'Check the potassium' };
    const { actions, user } = renderReview({
      cards: [makeCard(), makeCard({ detail: { ...detail, recommendation: second } })],
    });
    await arm();
    const deciding = /accept|override|defer/i;
    for (const one of screen.getAllByRole('button', { name: deciding }))
      expect(theCard().contains(one), one.textContent ?? '').toBe(true);
    expect(screen.queryAllByRole('checkbox')).toEqual([]);
    await user.click(button('Accept', theCard()));
    expect(actions.answer).toHaveBeenCalledOnce();
    expect(actions.answer.mock.calls[0]?.[0]).toBe(R1);
  });

  it('takes no decision within 500 ms of appearing, nor after something moved', async () => {
    const { actions, user, update } = renderReview();
    await user.click(button('Accept', theCard()));
    expect(actions.answer).not.toHaveBeenCalled();
    await arm();
    // Evidence arrives and pushes the buttons down, under the cursor of somebody about to press.
    update({ cards: [makeCard({ detail: { evidence: [] } })] });
    await user.click(button('Accept', theCard()));
    expect(actions.answer).not.toHaveBeenCalled();
    await arm();
    await user.click(button('Accept', theCard()));
    expect(actions.answer).toHaveBeenCalledOnce();
  });

  it('is not accepted by a key that is held down', async () => {
    renderReview();
    await arm();
    const accept = button('Accept', theCard());
    accept.focus();
    for (const key of ['Enter', ' '])
      expect(fireEvent.keyDown(accept, { key, repeat: true })).toBe(false);
    expect(fireEvent.keyDown(accept, { key: 'Enter' })).toBe(true);
  });

  it('takes two clicks in one moment as one decision', async () => {
    const { actions } = renderReview();
    await arm();
    const accept = button('Accept', theCard());
    fireEvent.click(accept);
    fireEvent.click(accept);
    expect(actions.answer).toHaveBeenCalledOnce();
  });

  it('overrides in two: the button, then a reason that saves', async () => {
    const { actions, user } = renderReview();
    await arm();
    await user.click(button('Override', theCard()));
    const group = screen.getByRole('group', { name: 'Reason for override' });
    expect(document.activeElement).toBe(group);
    await arm();
    await user.click(button('I disagree clinically', group));
    expect(actions.answer.mock.calls[0]?.[1]).toEqual({
      response: 'overridden',
      reasons: [hl7('recipient-does-not-trust')],
    });
  });

  it('keeps a double click on Override from hitting a reason', async () => {
    const { actions, user } = renderReview();
    await arm();
    await user.click(button('Override', theCard()));
    await user.click(button('Already done or ordered', theCard()));
    expect(actions.answer).not.toHaveBeenCalled();
  });

  it('saves a typed comment with the reason, and keeps it over a refetch', async () => {
    const { actions, user, update } = renderReview();
    await arm();
    await user.click(button('Override', theCard()));
    await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'Cultures 3 of 4 negative');
    update({ cards: [makeCard({ detail: { evidence: [] } })] });
    await arm();
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveProperty(
      'value',
      'Cultures 3 of 4 negative',
    );
    await user.click(button('Override without a reason', theCard()));
    expect(actions.answer.mock.calls[0]?.[1]).toEqual({
      response: 'overridden',
      reasons: [],
      comment: 'Cultures 3 of 4 negative',
    });
  });

  it('chooses by digit only inside the group, and never while typing', async () => {
    const { actions, user } = renderReview();
    await arm();
    await user.keyboard('1');
    await user.click(button('Override', theCard()));
    await arm();
    await user.type(screen.getByRole('textbox', { name: 'Comment' }), '2');
    expect(actions.answer).not.toHaveBeenCalled();
    screen.getByRole('group', { name: 'Reason for override' }).focus();
    await user.keyboard('{Control>}3{/Control}');
    expect(actions.answer).not.toHaveBeenCalled();
    await user.keyboard('3');
    expect(actions.answer.mock.calls[0]?.[1]).toMatchObject({ comment: '2' });
    expect(actions.answer.mock.calls[0]?.[1].reasons[0]?.code).toBe('ai-input-wrong');
  });

  it('has every reason behind "More reasons", by category', async () => {
    const { actions, user } = renderReview();
    await arm();
    await user.click(button('Override', theCard()));
    await arm();
    await user.click(button('More reasons', theCard()));
    const wishes = screen.getByRole('group', { name: 'Patient prefers otherwise' });
    await user.click(button('Refuses', wishes));
    expect(actions.answer.mock.calls[0]?.[1].reasons).toEqual([hl7('patient-refuses')]);
  });

  it('insists on a reason only where the site does', async () => {
    const strict = { ...kind, reasonRequired: true };
    const { user } = renderReview({ cards: [makeCard({ kind: strict })] });
    await arm();
    await user.click(button('Override', theCard()));
    expect(screen.queryByRole('button', { name: 'Override without a reason' })).toBeNull();
    expect(screen.getByText('This model needs a reason.')).toBeTruthy();
  });

  it('accepts with changes by words or by one of the usual alternatives', async () => {
    const alternatives = [{ label: 'Fluids first', coding: hl7('x') }];
    const { actions, user } = renderReview({ cards: [makeCard({ alternatives })] });
    await arm();
    await user.click(button('Accept with changes', theCard()));
    await user.type(screen.getByRole('textbox', { name: 'What was done instead' }), 'Half dose');
    await arm();
    await user.click(button('Save', theCard()));
    expect(actions.answer.mock.calls[0]?.[1]).toMatchObject({
      response: 'accepted-modified',
      actionTaken: { text: 'Half dose' },
    });
    await pass(0);
    await arm();
    await user.click(button('Accept with changes', theCard()));
    await arm();
    await user.click(button('Fluids first', theCard()));
    expect(actions.answer.mock.calls[1]?.[1].actionTaken).toEqual({
      coding: { ...hl7('x'), display: 'Fluids first' },
    });
  });

  it('defers with the time to come back, said before and after', async () => {
    const { actions, user } = renderReview();
    await arm();
    await user.click(button('Defer', theCard()));
    await arm();
    await user.click(button(/In 30 min 21:1\d/, theCard()));
    const until = actions.answer.mock.calls[0]?.[1].deferredUntil ?? '';
    // The fake clock moved while the buttons armed; the time is counted from the press.
    expect(Date.parse(until) - NOW).toBeGreaterThanOrEqual(30 * 60_000);
    expect(Date.parse(until) - NOW).toBeLessThan(31 * 60_000);
    expect(until).toMatch(/(Z|[+-]\d\d:\d\d)$/);
  });

  it('says why it could not be saved, and keeps everything that was typed', async () => {
    const { actions, user } = renderReview();
    actions.answer.mockRejectedValue(new Error('The device is full. Nothing was saved.'));
    await arm();
    await user.click(button('Override', theCard()));
    await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'kept');
    await arm();
    await user.click(button('Cannot interpret', theCard()));
    expect((await screen.findByRole('alert')).textContent).toContain('The device is full');
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveProperty('value', 'kept');
  });

  it('moves the keyboard to the answer, not to a button', async () => {
    const { user, update } = renderReview();
    await arm();
    await user.click(button('Accept', theCard()));
    update({ cards: [makeAnswered({ delivery: held(10) })] });
    expect(document.activeElement).toBe(
      within(theCard()).getByRole('group', { name: /^Accepted/ }),
    );
  });

  it('restores and reports drafts, so that a sign-in does not lose them', async () => {
    const onDraftChange = vi.fn();
    const { user } = renderReview(
      {},
      {
        initialDrafts: { [R1]: { panel: 'override', comment: 'from before', doneInstead: '' } },
        onDraftChange,
      },
    );
    expect(screen.getByRole('textbox', { name: 'Comment' })).toHaveProperty('value', 'from before');
    expect(document.activeElement).toBe(document.body);
    await arm();
    await user.click(button('Already done or ordered', theCard()));
    expect(onDraftChange).toHaveBeenLastCalledWith(R1, undefined);
  });
});

describe('changing one’s mind', () => {
  const stored = {
    state: 'stored',
    at: new Date(NOW).toISOString(),
    reference: 'Observation/1',
  } as const;

  it('undoes while the answer is held', async () => {
    const { actions, user } = renderReview({ cards: [makeAnswered({ delivery: held(8) })] });
    await user.click(button('Undo', theCard()));
    expect(actions.undo).toHaveBeenCalledExactlyOnceWith('urn:uuid:a1');
  });

  it('amends by a new answer that names the one it replaces', async () => {
    const { actions, user } = renderReview({ cards: [makeAnswered({ delivery: stored })] });
    await user.click(button('Change answer', theCard()));
    await arm();
    await user.click(button('Override', theCard()));
    await arm();
    await user.click(button('Risk outweighs benefit', theCard()));
    expect(actions.answer).not.toHaveBeenCalled();
    expect(actions.amend.mock.calls[0]?.slice(0, 2)).toEqual([
      'urn:uuid:a1',
      { response: 'overridden', reasons: [hl7('risk-benefit-ratio')] },
    ]);
  });

  it('can be left as it was', async () => {
    const { user } = renderReview({ cards: [makeAnswered({ delivery: stored })] });
    await user.click(button('Change answer', theCard()));
    await user.click(button('Keep it', theCard()));
    expect(within(theCard()).getByRole('status').textContent).toBe('Sent');
  });

  it('retracts only where the site can', async () => {
    const first = renderReview({ cards: [makeAnswered({ delivery: stored })] });
    await first.user.click(button('Retract', theCard()));
    expect(first.actions.retract).toHaveBeenCalledExactlyOnceWith('urn:uuid:a1');
    first.unmount();
    renderReview({ cards: [makeAnswered({ delivery: stored })], canRetract: false });
    expect(screen.queryByRole('button', { name: 'Retract' })).toBeNull();
  });

  it('has no Undo but Retract where an answer is sent at once, from the first second on', async () => {
    const { actions, user, update } = renderReview({
      cards: [makeAnswered({ delivery: { state: 'sending', durable: false } })],
      holdsAnswers: false,
    });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    update({ cards: [makeAnswered({ delivery: stored })], holdsAnswers: false });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await user.click(button('Retract', theCard()));
    expect(actions.retract).toHaveBeenCalledExactlyOnceWith('urn:uuid:a1');
    // Held, but sent early as the page was left: for the rest of the ten seconds Undo takes it back.
    update({ cards: [makeAnswered({ delivery: stored })] });
    expect(button('Undo', theCard())).toBeDefined();
  });

  it('asks again when the time of a deferral has come, and replaces it', async () => {
    const due = makeAnswered({
      choice: { response: 'deferred', deferredUntil: new Date(NOW - 60_000).toISOString() },
    });
    const { actions, user } = renderReview({ cards: [due] });
    expect(theCard().textContent).toContain('Time to look again');
    await arm();
    await user.click(button('Accept', theCard()));
    expect(actions.amend.mock.calls[0]?.[0]).toBe('urn:uuid:a1');
  });

  it('shows two answers that stand side by side, and lets a person decide', async () => {
    const card = makeAnswered(
      { id: 'urn:uuid:a1', delivery: stored },
      { answers: [makeAnswer({ id: 'urn:uuid:a2', choice: { response: 'overridden' } })] },
    );
    const { actions, user } = renderReview({ cards: [card] });
    expect(theCard().textContent).toContain('2 answers stand side by side');
    await user.click(button(/^Retract this one: Overridden/, theCard()));
    expect(actions.retract).toHaveBeenCalledExactlyOnceWith('urn:uuid:a2');
  });
});
