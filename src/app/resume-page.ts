import { type PagePlace, viewIn } from './page-place.ts';

/**
 * True on the way back from the page's own sign-in, or after a reload. The address becomes that of the
 * view at once: no code stays in it, and a reload finds the way back.
 */
export function resumePage({ name, viewToResume }: PagePlace, page: URL): boolean {
  const view = viewToResume(page);
  if (view === undefined) return false;
  const back = page.searchParams.has('code') || page.searchParams.has('error');
  const all = new URLSearchParams({ page: name });
  for (const [key, value] of new URLSearchParams(back ? view : viewIn(page)))
    all.append(key, value);
  all.set('state', page.searchParams.get('state') ?? '');
  history.replaceState(history.state, '', `${page.pathname}?${all}`);
  return true;
}
