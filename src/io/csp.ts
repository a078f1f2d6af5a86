import type { SiteConfig } from '#src/domain/site-config.ts';

/**
 * The HTTP headers under which the app must be served, from the same configuration that it reads.
 * `connect-src` is the configured servers and nothing else, so that even injected code could send
 * nothing elsewhere; `frame-ancestors` decides which EHR may embed it (hence no X-Frame-Options).
 */
export function securityHeaders(config: SiteConfig): Readonly<Record<string, string>> {
  const connect = new Set<string>(["'self'"]);
  for (const issuer of config.issuers) {
    connect.add(new URL(issuer.iss).origin);
    for (const origin of issuer.authorizationOrigins) connect.add(origin);
    if (issuer.store) {
      connect.add(new URL(issuer.store.baseUrl).origin);
      for (const origin of issuer.store.authorizationOrigins) connect.add(origin);
    }
    for (const { relay } of issuer.sinks ?? []) if (relay) connect.add(new URL(relay.url).origin);
  }
  const ancestors =
    config.frameAncestors.length > 0 ? ["'self'", ...config.frameAncestors] : ["'none'"];
  const policy: readonly (readonly [string, readonly string[]])[] = [
    ['default-src', ["'none'"]],
    ['script-src', ["'self'"]],
    ['style-src', ["'self'"]],
    ['img-src', ["'self'"]],
    ['font-src', ["'self'"]],
    ['connect-src', [...connect]],
    ['form-action', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['object-src', ["'none'"]],
    ['frame-ancestors', ancestors],
    ['require-trusted-types-for', ["'script'"]],
  ];
  return {
    'content-security-policy': policy
      .map(([name, values]) => [name, ...values].join(' '))
      .join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  };
}

/** Only HTML must never be cached across versions; assets carry a hash in their name. */
export function cacheControl(path: string): string {
  return /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
