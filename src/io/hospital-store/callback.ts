import { recallLaunch } from '#src/io/smart/launch-memory.ts';

export interface Pages {
  /** The page as the EHR's sign-in sent the browser to it. */
  readonly launched: URL;
  /** The page as the store's own sign-in sent the browser to it, where this is the way back from there. */
  readonly fromStore?: URL;
}

/**
 * Tells the way back from the store's sign-in from that of the EHR's, by what this tab remembers under
 * `state`. The address becomes that of the launch at once: no code stays in it, and a reload restores both.
 */
export function pagesOf(page: URL): Pages {
  const state = page.searchParams.get('state');
  const ehrLaunch = state ? recallLaunch(state)?.ehrLaunch : undefined;
  if (ehrLaunch === undefined) return { launched: page };
  const launched = new URL(page.pathname, page.origin);
  launched.searchParams.set('state', ehrLaunch);
  history.replaceState(history.state, '', launched);
  return { launched, fromStore: page };
}
