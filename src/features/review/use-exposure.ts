import { type RefObject, useEffect, useEffectEvent } from 'react';
import type { ExposureLedger } from './exposure-ledger.ts';

/** Headline and score this long in view together: read, not scrolled past. */
export const EXPOSURE_MS = 1000;
/** Share of an element that must be in view; sub-pixel layout seldom reaches 1. */
const IN_VIEW = 0.95;

export interface ExposureOptions {
  /** Recommendation id and version: a new version is a new exposure. */
  readonly id: string;
  readonly ledger: ExposureLedger;
  readonly clock: { now(): number };
  readonly onDisplayed: (at: number) => void;
}

export interface ExposureRefs {
  readonly card: RefObject<HTMLElement | null>;
  readonly headline: RefObject<HTMLElement | null>;
  readonly score: RefObject<HTMLDivElement | null>;
}

const documentVisible = (): boolean => document.visibilityState === 'visible';

/** Follows what is in view; calls back on each change, and stops when told. */
function observeInView(refs: ExposureRefs, onChange: (card: boolean, read: boolean) => void) {
  const targets = [refs.headline.current, refs.score.current].filter((one) => one !== null);
  const card = refs.card.current;
  // Without an observer nothing is known to have been in view, so nothing is recorded as seen.
  if (typeof IntersectionObserver === 'undefined' || !card) return () => undefined;
  const full = new Set<Element>();
  let cardInView = false;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.target === card) cardInView = entry.isIntersecting;
        else if (entry.intersectionRatio >= IN_VIEW) full.add(entry.target);
        else full.delete(entry.target);
      }
      onChange(cardInView, targets.length > 0 && targets.every((target) => full.has(target)));
    },
    { threshold: [0, IN_VIEW] },
  );
  for (const target of [card, ...targets]) observer.observe(target);
  return () => observer.disconnect();
}

/**
 * Records the exposure once headline and score were really in view for a second, with the document
 * visible, and runs the card's stopwatch only while some of the card can be seen.
 */
export function useExposure(refs: ExposureRefs, options: ExposureOptions): void {
  const { id, ledger } = options;
  const now = useEffectEvent(() => options.clock.now());
  const displayed = useEffectEvent((at: number) => options.onDisplayed(at));
  useEffect(() => {
    const watch = ledger.watch(id);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = { card: false, read: false };
    const record = () => {
      const at = now();
      if (ledger.markDisplayed(id, at)) displayed(at);
    };
    const update = () => {
      const visible = documentVisible();
      if (visible && seen.card) watch.run(now());
      else watch.pause(now());
      const reading = visible && seen.read && !ledger.isDisplayed(id);
      if (!reading) {
        clearTimeout(timer);
        timer = undefined;
      } else timer ??= setTimeout(record, EXPOSURE_MS);
    };
    const stop = observeInView(refs, (card, read) => {
      seen = { card, read };
      update();
    });
    document.addEventListener('visibilitychange', update);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', update);
      clearTimeout(timer);
      watch.pause(now());
    };
  }, [id, ledger, refs]);
}
