import { recallLaunch } from '#src/io/smart/launch-memory.ts';

/** A page of its own, with a sign-in of its own and its view in the address. */
const pagePlace = (name: 'dashboard' | 'governance') => {
  // In place of a launch to resume: a sign-in begun by this page, and the view to come back to.
  const resumed = `${name}?`;
  /** The view that was asked for before the sign-in, as a query; undefined: it was not ours. */
  const viewToResume = (page: URL): string | undefined => {
    const state = page.searchParams.get('state');
    const resume = state === null ? undefined : recallLaunch(state)?.resume;
    return resume?.startsWith(resumed) ? resume.slice(resumed.length) : undefined;
  };
  return {
    name,
    resume: (view: string): string => `${resumed}${view}`,
    viewToResume,
    /**
     * Whether this page is to show it: by its path where the web server answers paths with index.html,
     * by `?page=` everywhere, and on the way back from its own sign-in.
     */
    isHere: (page: URL): boolean =>
      page.pathname.endsWith(`/${name}`) ||
      page.searchParams.get('page') === name ||
      viewToResume(page) !== undefined,
  };
};

export type PagePlace = ReturnType<typeof pagePlace>;

export const DASHBOARD = pagePlace('dashboard');
export const GOVERNANCE = pagePlace('governance');

/** What of an address is the view: neither the page nor the sign-in. */
export function viewIn({ search }: URL | Location): string {
  const kept = new URLSearchParams(search);
  for (const name of ['page', 'state', 'iss', 'session_state']) kept.delete(name);
  return kept.toString();
}
