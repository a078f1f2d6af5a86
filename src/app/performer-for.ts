import { withoutSlash } from '#src/domain/base-url.ts';
import type { SmartSession } from '#src/io/smart/session.ts';

/** Somebody of the EHR is named in full where the record is kept elsewhere. */
export function performerFor(server: string, { session }: SmartSession): string | undefined {
  const { performer, issuer } = session;
  const elsewhere = withoutSlash(server) !== withoutSlash(issuer);
  return performer !== undefined && elsewhere && !performer.includes('://')
    ? `${withoutSlash(issuer)}/${performer}`
    : performer;
}
