import type { Page } from '@playwright/test';

/** Of `guarded-button.tsx`, which Node does not load: buttons that just appeared take no click. */
export const ARMING_MS = 500;

export type MarkName = 'click' | 'shown' | 'usable' | 'empty-ready';

export interface Marks {
  /** Wall-clock milliseconds, one clock for all frames. Rejects when it never comes. */
  wait(name: MarkName, timeoutMs?: number): Promise<number>;
  get(name: MarkName): number | undefined;
  clear(): void;
}

/** Stamps, inside the page and after the paint, when a card is there and when it can be answered. */
export async function watchMarks(page: Page): Promise<Marks> {
  const marks = new Map<MarkName, number>();
  const waiting = new Map<MarkName, (at: number) => void>();
  await page.exposeFunction('benchMark', (name: MarkName, at: number) => {
    if (!marks.has(name)) marks.set(name, at);
    waiting.get(name)?.(at);
  });
  await page.addInitScript(stamp);
  return {
    get: (name) => marks.get(name),
    clear: () => marks.clear(),
    wait: async (name, timeoutMs = 60_000) =>
      marks.get(name) ??
      (await new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`Never saw "${name}".`)), timeoutMs);
        waiting.set(name, (at) => {
          clearTimeout(timer);
          resolve(at);
        });
      })),
  };
}

/** Runs in every frame of the page. */
function stamp(): void {
  const { benchMark } = window as unknown as { benchMark(name: string, at: number): void };
  const now = () => performance.timeOrigin + performance.now();
  const seen = new Set<string>();
  const once = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    requestAnimationFrame(() => benchMark(name, now()));
  };
  const isTop = window === window.top;
  if (isTop)
    addEventListener(
      'click',
      (event) => {
        const button = (event.target as Element).closest('button');
        if (/^Open /.test(button?.getAttribute('aria-label') ?? button?.textContent ?? ''))
          benchMark('click', now());
      },
      { capture: true },
    );
  const look = () => {
    if (document.getElementById('ready')) once('empty-ready');
    const accept = [...document.querySelectorAll('article button')].find(
      (button) => button.textContent?.trim() === 'Accept',
    );
    if (!accept) return;
    once('shown');
    if (accept.getAttribute('aria-disabled') !== 'true') once('usable');
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['aria-disabled'],
  });
}
