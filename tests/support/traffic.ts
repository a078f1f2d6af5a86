import type { Page } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';

export interface Sent {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Traffic {
  readonly sent: Sent[];
  /** All access, refresh and id tokens that the authorization server ever gave to this page. */
  readonly tokens: Set<string>;
  readonly printed: string[];
  readonly violations: string[];
  /** What has run that nobody wrote: each payload of `hostile-chart.ts` sets this flag. */
  hacked(): Promise<boolean>;
  /** Waits until all headers are known. */
  settle(): Promise<void>;
}

/** Writes down everything that a page and its frames ask for, print, and are refused by the policy. */
export async function watchTraffic(page: Page): Promise<Traffic> {
  const sent: Sent[] = [];
  const tokens = new Set<string>();
  const printed: string[] = [];
  const violations: string[] = [];
  const pending: Promise<unknown>[] = [];
  page.on('request', (request) => {
    const note = async () => {
      // A request that ends with its page has no more headers to tell than these.
      const headers = await request.allHeaders().catch(() => request.headers());
      sent.push({ url: new URL(request.url()), headers });
    };
    pending.push(note());
  });
  page.on('response', (response) => {
    if (new URL(response.url()).pathname !== '/auth/token') return;
    const note = async () => {
      const body = (await response.json()) as Record<string, unknown>;
      for (const name of ['access_token', 'refresh_token', 'id_token'])
        if (typeof body[name] === 'string') tokens.add(body[name]);
    };
    pending.push(note());
  });
  page.on('console', (message) => printed.push(message.text()));
  page.on('pageerror', (error) => printed.push(`${error.message}\n${error.stack}`));
  await page.exposeFunction('noteViolation', (what: string) => void violations.push(what));
  await page.addInitScript(() => {
    // Turns on the logger of fhirclient, if anybody ships it again.
    localStorage.setItem('debug', '*');
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteViolation } = window as unknown as { noteViolation(what: string): void };
      noteViolation(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  return {
    sent,
    tokens,
    printed,
    violations,
    hacked: async () => {
      const flags = await Promise.all(
        page.frames().map((frame) => frame.evaluate('window.hacked')),
      );
      return flags.some((flag) => flag !== undefined);
    },
    settle: async () => void (await Promise.all(pending)),
  };
}

/** What went to a server that is not ours, or took a token to a place that is not FHIR. */
export function leaks({ sent, tokens }: Traffic, stage: Stage): readonly string[] {
  const ours = new Set([stage.appUrl, stage.ehrUrl].map((url) => new URL(url).origin));
  return sent.flatMap(({ url, headers }) => {
    const found: string[] = [];
    if (/^https?:$/.test(url.protocol) && !ours.has(url.origin)) found.push(`foreign ${url.href}`);
    for (const token of tokens)
      if (decodeURIComponent(url.href).includes(token)) found.push(`token in ${url.pathname}`);
    const bearer = headers.authorization !== undefined;
    if (bearer && !url.href.startsWith(`${stage.fhirUrl}/`)) found.push(`bearer to ${url.href}`);
    if (headers.referer && new URL(headers.referer).search !== '')
      found.push(`referer ${headers.referer}`);
    return found;
  });
}
