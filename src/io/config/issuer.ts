import { withoutSlash } from '#src/domain/base-url.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';

/**
 * The configured issuer whose base is exactly `iss` (a trailing slash apart): an allow-list, since
 * an app which follows any `iss` hands its user's sign-in to whoever made the link.
 */
export function findIssuer(config: SiteConfig, iss: string): IssuerConfig | undefined {
  return config.issuers.find((issuer) => withoutSlash(issuer.iss) === withoutSlash(iss));
}
