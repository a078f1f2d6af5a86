import { act } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCard, NOW } from '#tests/support/review-fixtures.ts';
import { button, pass, renderReview, theCard } from './render-review.tsx';

/** An observer whose view the test decides. */
class FakeObserver {
  static all: FakeObserver[] = [];
  readonly targets = new Set<Element>();
  readonly callback: IntersectionObserverCallback;
  constructor(callback: IntersectionObserverCallback) {
    this.callback = callback;
    FakeObserver.all.push(this);
  }
  observe(target: Element) {
    this.targets.add(target);
  }
  disconnect() {
    this.targets.clear();
  }
  unobserve() {
    throw new Error('not used');
  }
  takeRecords() {
    return [];
  }
  report(ratioOf: (target: Element) => number) {
    const entries = [...this.targets].map((target) => {
      const intersectionRatio = ratioOf(target);
      return { target, intersectionRatio, isIntersecting: intersectionRatio > 0 };
    });
    if (entries.length > 0) {
      this.callback(
        entries as unknown as IntersectionObserverEntry[],
        this as unknown as IntersectionObserver,
      );
    }
  }
}

const look = (ratioOf: (target: Element) => number) =>
  act(() => {
    for (const observer of FakeObserver.all) observer.report(ratioOf);
  });
const everything = () => look(() => 1);
const nothing = () => look(() => 0);
const onlyHeadline = () => look((target) => (target.tagName === 'DIV' ? 0.2 : 1));

const visibility = (state: DocumentVisibilityState) =>
  act(() => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
    document.dispatchEvent(new Event('visibilitychange'));
  });

beforeEach(() => {
  FakeObserver.all = [];
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const R1 = 'https://ehr.example.org/fhir/RiskAssessment/r1';

describe('exposure', () => {
  it('is recorded once headline and score were in view together for a second', async () => {
    const { actions } = renderReview();
    everything();
    await pass(999);
    expect(actions.displayed).not.toHaveBeenCalled();
    await pass(1);
    expect(actions.displayed).toHaveBeenCalledOnce();
    const [id, at] = actions.displayed.mock.calls[0] ?? [];
    expect(id).toBe(R1);
    expect(Date.parse(at ?? '')).toBe(NOW + 1000);
    nothing();
    everything();
    await pass(5000);
    expect(actions.displayed).toHaveBeenCalledOnce();
  });

  it('is not recorded when scrolled past, half seen, or behind another window', async () => {
    const { actions } = renderReview();
    everything();
    await pass(700);
    nothing();
    await pass(5000);
    onlyHeadline();
    await pass(5000);
    everything();
    await pass(500);
    visibility('hidden');
    await pass(5000);
    expect(actions.displayed).not.toHaveBeenCalled();
    visibility('visible');
    await pass(1000);
    expect(actions.displayed).toHaveBeenCalledOnce();
  });

  it('is recorded anew for a new version of the recommendation', async () => {
    const { actions, update } = renderReview();
    everything();
    await pass(1000);
    update({ cards: [makeCard({ detail: { recommendation: { version: '2' } } })] });
    everything();
    await pass(1000);
    expect(actions.displayed).toHaveBeenCalledTimes(2);
  });
});

describe('response time', () => {
  it('counts only the time in which the card could be seen', async () => {
    const { actions, user } = renderReview();
    everything();
    await pass(3000);
    visibility('hidden');
    await pass(60_000);
    visibility('visible');
    await pass(2000);
    nothing();
    await pass(60_000);
    everything();
    await pass(1000);
    await user.click(button('Accept', theCard()));
    const measures = actions.answer.mock.calls[0]?.[2];
    expect(measures?.timeToResponseMs).toBeGreaterThanOrEqual(6000);
    expect(measures?.timeToResponseMs).toBeLessThan(6100);
    expect(Date.parse(measures?.displayedAt ?? '')).toBe(NOW + 1000);
  });

  it('goes on where it was when the card is closed and opened again', async () => {
    const { actions, user } = renderReview();
    everything();
    await pass(2000);
    const heading = button(/sepsis bundle/, theCard());
    await user.click(heading);
    await pass(30_000);
    await user.click(heading);
    everything();
    await pass(1000);
    await user.click(button('Accept', theCard()));
    const time = actions.answer.mock.calls[0]?.[2].timeToResponseMs ?? 0;
    expect(time).toBeGreaterThanOrEqual(3000);
    expect(time).toBeLessThan(3500);
  });
});
