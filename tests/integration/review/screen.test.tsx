import { render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EvidenceItem } from '#src/domain/recommendation.ts';
import { SignInScreen } from '#src/features/patient/sign-in-screen.tsx';
import { WrongPatientScreen } from '#src/features/patient/wrong-patient-screen.tsx';
import { UiProvider } from '#src/ui/ui-provider.tsx';
import {
  evidence,
  makeAnswer,
  makeAnswered,
  makeCard,
  minutesAgo,
  PATIENT,
} from '#tests/support/review-fixtures.ts';
import { arm, button, renderReview, theCard } from './render-review.tsx';

afterEach(() => vi.useRealTimers());

const second = makeCard({ detail: { recommendation: { id: 'r2', title: 'Check potassium' } } });
const open = (name: RegExp | string) =>
  within(screen.getByRole('article', { name })).queryByRole('button', { name: 'Accept' }) !== null;

describe('the screen', () => {
  it('names the patient in a landmark, larger or smaller, never not at all', () => {
    const { update } = renderReview();
    const region = screen.getByRole('region', { name: 'Patient' });
    expect(region.textContent).toContain('RIVERA, Maria');
    expect(region.textContent).toContain('67 y');
    expect(region.textContent).toContain('MRN 4482 019');
    expect(region.textContent).toContain('Synthetic data');
    update({ needPatientBanner: false, patient: { ...PATIENT, deceased: true } });
    expect(region.textContent).toContain('RIVERA, Maria');
    expect(region.textContent).toContain('Deceased');
    update({ patient: undefined });
    expect(region.textContent).toContain('Patient not known');
  });

  it('opens the first that wants an answer, and one at a time', async () => {
    const { user } = renderReview({ cards: [makeAnswered(), second] });
    expect(open('Check potassium')).toBe(true);
    await user.click(within(theCard()).getByRole('button', { name: /sepsis bundle/ }));
    expect(open('Check potassium')).toBe(false);
    expect(within(theCard()).getByRole('status').textContent).toBe('Sent');
    await user.click(button('Next recommendation: Check potassium', theCard()));
    expect(open('Check potassium')).toBe(true);
  });

  it('does not open the next one by itself', () => {
    const { update } = renderReview({ cards: [makeCard(), second] });
    update({ cards: [makeAnswered(), second] });
    expect(open('Check potassium')).toBe(false);
  });

  it('counts what was answered, deferred and left', () => {
    renderReview({ cards: [makeAnswered({ choice: { response: 'deferred' } }), second] });
    expect(screen.getByRole('contentinfo').textContent).toContain(
      '0 answered · 1 deferred · 1 open',
    );
  });

  it('counts as open only what can be answered, and leads to nothing else', () => {
    const hidden = makeCard({
      detail: { recommendation: { id: 'r3', title: 'Hidden' }, model: { state: 'suspended' } },
    });
    renderReview({ cards: [makeAnswered(), hidden] });
    expect(screen.getByRole('contentinfo').textContent).toContain('1 answered · 0 open');
    expect(screen.queryByRole('button', { name: /^Next recommendation/ })).toBeNull();
  });

  it('scrolls to what the clinician opens, and to nothing that opens by itself', async () => {
    const scrolled: string[] = [];
    Element.prototype.scrollIntoView = function (this: Element) {
      scrolled.push(this.querySelector('h2')?.textContent ?? '');
    };
    const { user } = renderReview({ cards: [makeCard(), second] });
    expect(scrolled).toEqual([]);
    await user.click(button('Check potassium'));
    expect(scrolled).toEqual(['Check potassium']);
    await user.click(button('Check potassium'));
    expect(scrolled).toHaveLength(1);
  });

  it('shows evidence with value, unit, mark and word, age and trend', () => {
    renderReview();
    const row = within(theCard()).getByText('Lactate').closest('li');
    expect(row?.textContent).toMatch(/3\.8\smmol\/L\s↑ high/);
    expect(row?.textContent).toContain('42 min');
    expect(
      within(theCard()).getByRole('img', {
        name: /^Lactate: 5 values over 8 hours, from 1.4 to 3.8/,
      }),
    ).toBeTruthy();
  });

  it('labels each number with what it is and where it comes from', () => {
    renderReview();
    expect(theCard().textContent).toMatch(/Risk of sepsis, within 6\sh/);
    expect(theCard().textContent).toMatch(/By this model: 34\sin\s100/);
    expect(theCard().textContent).toContain('12 of 100 patients with this score had sepsis');
  });

  it.each([
    [{ probability: { sent: 0.34, scale: 'unknown' as const } }, 'scale unknown'],
    [{ probability: { sent: 140, scale: 'percent' as const } }, 'out of range'],
    [{ score: { value: 7, label: 'NEWS2' } }, 'A score, not a probability'],
    [{}, 'no probability and no score'],
  ])('is honest about %o', (prediction, words) => {
    renderReview({
      cards: [makeCard({ detail: { recommendation: { predictions: [prediction] } } })],
    });
    expect(theCard().textContent).toContain(words);
    expect(theCard().textContent).not.toMatch(/34\s%|140\s%/);
  });

  it('shows what is new in the chart', () => {
    const change = {
      ref: { server: 's', type: 'MedicationAdministration', id: 'm' },
      label: 'piperacillin–tazobactam',
      watch: 'Antibiotic already given',
      at: minutesAgo(5),
    };
    const recommendation = { detail: 'Rising lactate.' };
    renderReview({ cards: [makeCard({ detail: { chartChanges: [change], recommendation } })] });
    expect(
      within(theCard()).getByRole('heading', { name: 'New since it was produced' }),
    ).toBeTruthy();
    const row = within(theCard()).getByText('Antibiotic already given').closest('li');
    expect(row?.textContent).toContain('Antibiotic already given piperacillin–tazobactam');
    // What the model did not know comes before anything that it says in prose.
    const [score, changes, prose] = [/By this model/, 'New since it was produced', /^Rising/].map(
      (words) => within(theCard()).getByText(words),
    );
    expect(score?.compareDocumentPosition(changes as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(changes?.compareDocumentPosition(prose as Node)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('tells in words and in a legend which values the model did not have', () => {
    const { update } = renderReview();
    expect(within(theCard()).queryByText('used by the AI')).toBeNull();
    const [lactate] = evidence;
    const older = { ...lactate, latest: lactate?.series.at(-2) ?? {} } as EvidenceItem;
    update({ cards: [makeCard({ detail: { evidence: [older] } })] });
    expect(within(theCard()).getByText('used by the AI')).toBeTruthy();
    const trend = within(theCard()).getByRole('img', { name: /the AI used 2.9, 1 newer value/ });
    expect(trend.parentElement?.title).toContain('1 newer value since');
  });

  it('loads the model facts when asked, and records that they were read', async () => {
    const { user, actions } = renderReview();
    await import('#src/features/review/model-facts.tsx');
    await user.click(button('About this model', theCard()));
    await arm();
    expect(screen.getByText('Intended use')).toBeTruthy();
    expect(theCard().textContent).toContain('<script>alert(1)</script>');
    expect(theCard().querySelector('script, a, img')).toBeNull();
    await user.click(button('Accept', theCard()));
    expect(actions.answer.mock.calls[0]?.[2]).toMatchObject({ evidenceOpened: true });
  });

  it('shows the parts of a markdown card as what they are, and the state part by part', async () => {
    const card = {
      format: 'markdown' as const,
      cautions: '- **Not after surgery.**\n- Reads high in\nliver disease.',
    };
    const model = { card, stateSince: '2026-01-12', stateReason: 'Approved for all wards.' };
    const { user } = renderReview({ cards: [makeCard({ detail: { model } })] });
    await import('#src/features/review/model-facts.tsx');
    await user.click(button('About this model', theCard()));
    await arm();
    const items = within(theCard())
      .getAllByRole('listitem')
      .map((item) => item.textContent);
    expect(items).toEqual(
      expect.arrayContaining(['Not after surgery.', 'Reads high in liver disease.']),
    );
    for (const [term, words] of [
      ['State', 'active'],
      ['State since', '12 Jan 2026'],
      ['State reason', 'Approved for all wards.'],
    ])
      expect(screen.getByText(term ?? '').nextElementSibling?.textContent).toBe(words);
  });

  it.each(['suspended', 'retired', 'expired', 'unread'] as const)(
    'hides the advice of a %s model, says why, and takes no answer',
    (state) => {
      const model = { state, stateSince: '2026-03-12', stateReason: 'Input feed was wrong' };
      const { actions } = renderReview({ cards: [makeCard({ detail: { model } })] });
      // The headline is the advice: it is hidden too.
      const card = screen.getByRole('article', { name: /^Advice hidden/ });
      expect(card.textContent).not.toContain('sepsis bundle');
      expect(card.textContent).toMatch(/(since|on) 12 Mar 2026/);
      expect(card.textContent).toContain('Input feed was wrong');
      expect(card.textContent).not.toContain('34');
      expect(card.textContent).not.toContain('Lactate');
      expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
      expect(actions.displayed).not.toHaveBeenCalled();
    },
  );

  it('says pilot, stale, and what is not complete', () => {
    const detail = {
      model: { state: 'pilot' as const },
      problems: [{ code: 'missing' as const, message: 'Two inputs could not be read.' }],
    };
    renderReview({ cards: [makeCard({ stale: true, detail })] });
    for (const words of ['Pilot', 'Stale', 'Produced 18 min ago', 'Two inputs could not be read.'])
      expect(theCard().textContent).toContain(words);
  });

  it('takes no answer to what was replaced', async () => {
    const old = makeCard({
      detail: { recommendation: { id: 'old', title: 'Earlier one', status: 'superseded' } },
    });
    const { user } = renderReview({ history: [old] });
    await user.click(button('1 replaced or cancelled recommendation'));
    await user.click(button('Earlier one'));
    expect(screen.getByRole('article', { name: 'Earlier one' }).textContent).toContain(
      'takes no answer',
    );
  });

  it('labels AI as AI and people as people', () => {
    const colleague = makeAnswer({ id: 'h', mine: false, choice: { response: 'overridden' } });
    renderReview({ cards: [makeCard({ answers: [colleague] })] });
    expect(within(theCard()).getByText('AI')).toBeTruthy();
    expect(theCard().textContent).toContain('Clinician Dr L. Haddad Overridden');
  });
});

describe('when not all is well', () => {
  it('says that it is loading, without pretending', () => {
    renderReview({ status: 'loading', patient: undefined, cards: [] });
    expect(screen.getByRole('main').getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByRole('article')).toBeNull();
    expect(screen.queryByText(/No open AI recommendations/)).toBeNull();
  });

  it('tells none from none that could be read', () => {
    const { update } = renderReview({ cards: [] });
    expect(screen.getByText(/no statement about the patient’s risk/)).toBeTruthy();
    update({ cards: [], unreadable: [{ code: 'malformed', message: 'x9 has no subject.' }] });
    expect(screen.getByText('1 recommendation could not be read')).toBeTruthy();
    expect(screen.getByText(/not everything could be read/)).toBeTruthy();
  });

  it('shows notices with their cure', async () => {
    const notice = {
      tone: 'error',
      title: 'Not allowed',
      message: '403',
      action: 'refresh',
    } as const;
    const { actions, user } = renderReview({ notices: [notice] });
    expect(screen.getByRole('alert').textContent).toContain('Not allowed');
    await user.click(button('Try again'));
    expect(actions.refresh).toHaveBeenCalledOnce();
  });

  it('never leaves a failure without words', () => {
    renderReview({ status: 'failed', cards: [] });
    expect(screen.getByRole('alert').textContent).toContain('could not be loaded');
  });

  it('survives a megabyte where a title belongs', () => {
    const title = 'x'.repeat(1_000_000);
    renderReview({ cards: [makeCard({ detail: { recommendation: { title } } })] });
    expect(screen.getByRole('article').textContent?.length).toBeLessThan(5000);
  });

  it('replaces the screen for the wrong patient and moves the keyboard there', () => {
    render(
      <UiProvider>
        <WrongPatientScreen
          openedFor="RIVERA, Maria"
          reason="Another chart is open."
          durable
          undelivered={1}
        />
      </UiProvider>,
    );
    const heading = screen.getByRole('heading', { name: /may be the wrong patient/ });
    expect(document.activeElement).toBe(heading);
    expect(screen.getByRole('main').textContent).toContain('1 answer for that patient is kept');
    expect(screen.getByRole('main').textContent).toContain('Close this window');
  });

  it.each([
    [1, 'closing it loses the answer'],
    [2, 'closing it loses them'],
  ])('tells nobody to close a window that alone holds %i undelivered', (undelivered, words) => {
    render(
      <UiProvider>
        <WrongPatientScreen openedFor="RIVERA, Maria" reason="x" undelivered={undelivered} />
      </UiProvider>,
    );
    const text = screen.getByRole('main').textContent;
    expect(text).toContain('Keep this window open');
    expect(text).toContain(words);
    expect(text).not.toContain('Close this window');
  });

  it('asks for sign-in in words', () => {
    render(
      <UiProvider>
        <SignInScreen onSignIn={() => undefined} undelivered={2} />
      </UiProvider>,
    );
    expect(screen.getByRole('main').textContent).toContain(
      '2 answers wait until you are signed in',
    );
  });
});
