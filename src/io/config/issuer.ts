import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';

/** By hand, not by pattern: `iss` comes from a link, and may be a million slashes. */
function withoutSlash(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

/**
 * The configured issuer whose base is exactly `iss` (a trailing slash apart): an allow-list, since
 * an app which follows any `iss` hands its user's sign-in to whoever made the link.
 */
export function findIssuer(config: SiteConfig, iss: string): IssuerConfig | undefined {
  return config.issuers.find((issuer) => withoutSlash(issuer.iss) === withoutSlash(iss));
}
