import { recallLaunch } from '#src/io/smart/launch-memory.ts';

/** In place of a launch to resume: a sign-in begun by the dashboard, and the view to come back to. */
const DASHBOARD = 'dashboard?';

export const resumeDashboard = (view: string): string => `${DASHBOARD}${view}`;

/**
 * Whether this page is to show the dashboard: by its path where the web server answers paths with
 * index.html, by `?page=dashboard` everywhere, and on the way back from its own sign-in.
 */
export const isDashboard = (page: URL): boolean =>
  page.pathname.endsWith('/dashboard') ||
  page.searchParams.get('page') === 'dashboard' ||
  viewToResume(page) !== undefined;

/** The view that was asked for before the sign-in, as a query; undefined: it was not ours. */
export function viewToResume(page: URL): string | undefined {
  const state = page.searchParams.get('state');
  const resume = state === null ? undefined : recallLaunch(state)?.resume;
  return resume?.startsWith(DASHBOARD) ? resume.slice(DASHBOARD.length) : undefined;
}

/** What of an address is the view: neither the page nor the sign-in. */
export function viewIn({ search }: URL | Location): string {
  const kept = new URLSearchParams(search);
  for (const name of ['page', 'state', 'iss', 'session_state']) kept.delete(name);
  return kept.toString();
}
