import { recallLaunch } from '#src/io/smart/launch-memory.ts';

/** In place of a launch to resume: this sign-in was begun by the export page. */
export const EXPORT = 'export';

/**
 * Whether this page is to show the export: by its path where the web server answers paths with
 * index.html, by `?page=export` everywhere, and on the way back from its own sign-in.
 */
export const isExport = (page: URL): boolean =>
  page.pathname.endsWith('/export') ||
  page.searchParams.get('page') === 'export' ||
  isResumed(page);

/** Back from the sign-in, or reloaded after it. */
export function isResumed(page: URL): boolean {
  const state = page.searchParams.get('state');
  return state !== null && recallLaunch(state)?.resume === EXPORT;
}
