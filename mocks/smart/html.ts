import { PAGE_STYLE } from './page-style.ts';

const MARK =
  '<svg width="40" height="40" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" fill="#0a2221"/><path d="M5 17h6l3-8 4 15 3-7h6" fill="none" stroke="#f2c14e" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/></svg>';

/** A page without script, in the sandbox's own look: its policy forbids any but this very style. */
export function page(status: number, title: string, body: string): Response {
  const nonce = crypto.randomUUID();
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${PAGE_STYLE}</style></head>
<body><p class="strip">Sandbox: every patient is invented</p>
<main>
<header class="brand">${MARK}<div><h1>${escapeHtml(title)}</h1><p>An invented hospital for trying SMART on FHIR apps</p></div></header>
<div class="box">
${body}
</div>
</main>
</body>
</html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html;charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
