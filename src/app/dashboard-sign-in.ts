import type { IssuerConfig } from '#src/domain/site-config.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { dashboardSignIn } from './dashboard-session.ts';
import { viewIn } from './page-place.ts';

/** Leaves for the sign-in and comes back to this view. Resolves with words where it could not leave. */
export async function leaveForSignIn(issuer: IssuerConfig): Promise<string> {
  try {
    location.assign(await dashboardSignIn(issuer, viewIn(location)));
    return '';
  } catch (cause) {
    return cause instanceof LaunchError
      ? `${cause.message} ${cause.cure}`
      : 'The sign-in service could not be reached. The connection check says why.';
  }
}
