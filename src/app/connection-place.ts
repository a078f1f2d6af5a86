import { recallLaunch } from '#src/io/smart/launch-memory.ts';

/** In place of a launch to resume: this sign-in was begun by the connection check. */
export const CONNECTION_CHECK = 'connection-check';

/**
 * Whether this page is to show the connection check: by its path where the web server answers paths
 * with index.html, by `?page=connection` everywhere, and on the way back from its own sign-in.
 */
export function isConnectionCheck(page: URL): boolean {
  const state = page.searchParams.get('state');
  return (
    page.pathname.endsWith('/connection') ||
    page.searchParams.get('page') === 'connection' ||
    (state !== null && isOurs(state))
  );
}

/** The EHR's sign-in, or that of a store which followed it. */
function isOurs(state: string): boolean {
  const memory = recallLaunch(state);
  const ehr = memory?.ehrLaunch === undefined ? memory : recallLaunch(memory.ehrLaunch);
  return ehr?.resume === CONNECTION_CHECK;
}
