/** What sticks to the top covers this much of the page; the banner says so to the style sheet. */
const coveredAbove = (): number => {
  const padding = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
  return Number.isFinite(padding) ? padding : 0;
};

/**
 * As little movement as it takes to have all of it in sight; where it is taller than the screen, its
 * beginning. At once, without motion: it happens together with the change that was asked for.
 */
export function bringIntoView(element: HTMLElement): void {
  const room = window.innerHeight - coveredAbove();
  const tall = element.getBoundingClientRect().height > room;
  element.scrollIntoView({ block: tall ? 'start' : 'nearest', behavior: 'instant' });
}
