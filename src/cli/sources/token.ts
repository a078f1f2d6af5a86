import { withoutSlash } from '#src/domain/base-url.ts';
import { UsageError } from '../command.ts';

/** Only over https, or to this machine. */
const SAFE = /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$))/i;

/**
 * The bearer token of a server, from the environment: never an argument, process lists show those.
 * @param source the server that the rows come from; its token goes nowhere else, so that publishing
 * elsewhere takes one of its own, `CLINICIAN_FEEDBACK_PUBLISH_TOKEN`. Throws `UsageError`.
 */
export function tokenFor(server: string, source: string): string | undefined {
  if (!URL.canParse(server) || !SAFE.test(server))
    throw new UsageError(`${server} must begin with https:// (http only on this machine).`);
  const { CLINICIAN_FEEDBACK_TOKEN, CLINICIAN_FEEDBACK_PUBLISH_TOKEN } = process.env;
  const own = withoutSlash(server) === withoutSlash(source);
  const text = own ? CLINICIAN_FEEDBACK_TOKEN : CLINICIAN_FEEDBACK_PUBLISH_TOKEN;
  return text?.trim() || undefined;
}
