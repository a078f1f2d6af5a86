import type { CheckResult } from '#src/domain/connection/check.ts';
import { ask, type Heard, heardInWords, isOk } from './ask.ts';
import { type CheckContext, openCheck } from './context.ts';
import { type Discovered, mayTalkTo } from './discovery-checks.ts';

/** What the app sends beyond what a page may send unasked. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'prefer', 'if-match', 'if-none-exist'];
const EXPOSED: Readonly<Record<string, string>> = {
  location: 'where an answer was stored, when the body is empty',
  etag: 'the version of what is retracted',
  'retry-after': 'how long a busy server wants to be left alone',
};

/** Whether a page at the app's origin may talk to this server (Fetch standard, CORS protocol). */
export async function corsChecks(
  context: CheckContext,
  discovered: Discovered | undefined,
  metadata: Heard,
): Promise<readonly CheckResult[]> {
  if (context.origin === undefined) {
    const check = openCheck(context, 'cors', 'cors', 'Not asked');
    return [
      check.skipped('where the app is served is not known', 'Name its origin with --origin.'),
    ];
  }
  return [
    ...(discovered
      ? [readable(context, 'cors.discovery', 'SMART configuration', discovered.heard)]
      : []),
    readable(context, 'cors.metadata', 'CapabilityStatement', metadata),
    await preflight(context),
    await refusals(context),
    exposed(context, metadata),
    ...(discovered ? [await tokenEndpoint(context, discovered)] : []),
  ];
}

const cureFor = (context: CheckContext) =>
  `Have the server allow the origin ${context.origin} (Access-Control-Allow-Origin).`;

/** In a browser an answer that can be read is the proof; elsewhere the header is. */
function lets(context: CheckContext, heard: Heard): boolean {
  if (heard.kind !== 'answer') return false;
  const allowed = heard.headers.get('access-control-allow-origin');
  return context.eye === 'browser' || allowed === '*' || allowed === context.origin;
}

function readable(context: CheckContext, id: string, title: string, heard: Heard): CheckResult {
  const check = openCheck(context, 'cors', id, title);
  if (heard.kind !== 'answer') return check.fail(heardInWords(heard), cureFor(context));
  return lets(context, heard)
    ? check.pass('readable')
    : check.fail(`not readable for ${context.origin}`, cureFor(context));
}

async function preflight(context: CheckContext): Promise<CheckResult> {
  const check = openCheck(context, 'cors', 'cors.preflight', 'Reading and writing with a token');
  if (context.eye === 'browser') {
    // A page may not send OPTIONS by itself: these headers make the browser do it.
    const heard = await ask(context, 'metadata', {
      headers: { prefer: 'return=minimal', 'if-none-exist': 'identifier=none' },
    });
    return heard.kind === 'answer'
      ? check.pass('the browser was let through')
      : check.fail(heardInWords(heard), cureFor(context));
  }
  const heard = await Promise.all(
    (['POST', 'PUT'] as const).map((method) =>
      ask(context, method === 'POST' ? 'Observation' : 'Observation/connection-check', {
        method: 'OPTIONS',
        headers: {
          'access-control-request-method': method,
          'access-control-request-headers': REQUEST_HEADERS.join(','),
        },
      }),
    ),
  );
  const refused = heard.find((one) => !isOk(one) || !lets(context, one));
  if (refused)
    return check.fail(
      isOk(refused)
        ? `OPTIONS does not allow ${context.origin}`
        : `OPTIONS: ${heardInWords(refused)}`,
      `${cureFor(context)} OPTIONS must be answered without a token.`,
    );
  const missing = ['POST', 'PUT'].flatMap((method, i) => notAllowed(heard[i], method));
  return missing.length === 0
    ? check.pass('POST and PUT, with every header that the app sends')
    : check.fail(
        `not allowed: ${[...new Set(missing)].join(', ')}`,
        'Have the server allow them (Access-Control-Allow-Methods, Access-Control-Allow-Headers).',
      );
}

/** `*` stands for all but Authorization (Fetch standard §4.9). */
function notAllowed(heard: Heard | undefined, method: string): readonly string[] {
  if (heard?.kind !== 'answer') return [method];
  const names = (header: string) =>
    (heard.headers.get(header) ?? '').split(',').map((one) => one.trim().toLowerCase());
  const methods = names('access-control-allow-methods');
  const headers = names('access-control-allow-headers');
  return [
    // POST needs no leave of its own.
    ...(method === 'POST' || methods.includes(method.toLowerCase()) || methods.includes('*')
      ? []
      : [method]),
    ...REQUEST_HEADERS.filter(
      (one) => !headers.includes(one) && !(headers.includes('*') && one !== 'authorization'),
    ),
  ];
}

/** A refusal that a page may not read looks like a dead network, and is tried again and again. */
async function refusals(context: CheckContext): Promise<CheckResult> {
  const check = openCheck(context, 'cors', 'cors.refusals', 'Refusals');
  const heard = await ask(context, 'Patient/connection-check');
  if (isOk(heard))
    return check.fail('a Patient is shown without a token', 'Have the server ask for a token.');
  // The SMART launcher looks for whom anybody names, and has no use for a token.
  if (heard.kind === 'answer' && heard.status === 404)
    return check.warn(
      'HTTP 404 without a token: it looked, and did not ask who is there',
      'Find out whether it shows charts to anybody, as servers for trying things do.',
    );
  return heard.kind === 'answer' && lets(context, heard)
    ? check.pass(`readable (${heardInWords(heard)} without a token)`)
    : check.warn(
        heard.kind === 'answer' ? 'not readable' : heardInWords(heard),
        'Have the server send its CORS headers with 4xx and 5xx too, or the app takes a refusal for a dead network.',
      );
}

function exposed(context: CheckContext, metadata: Heard): CheckResult {
  const check = openCheck(context, 'cors', 'cors.expose', 'Headers that a page may see');
  if (metadata.kind !== 'answer') return check.skipped('no answer to look at');
  if (context.eye === 'browser')
    return check.skipped('a page is not told which', 'Run the check on the command line.');
  const shown = (metadata.headers.get('access-control-expose-headers') ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase());
  const hidden = Object.keys(EXPOSED).filter((one) => !shown.includes(one) && !shown.includes('*'));
  return hidden.length === 0
    ? check.pass(Object.keys(EXPOSED).join(', '))
    : check.warn(
        `hidden: ${hidden.map((one) => `${one} (${EXPOSED[one]})`).join(', ')}`,
        'Have the server list them in Access-Control-Expose-Headers.',
      );
}

/** Asked with a code that is none: the refusal is what must be readable. */
async function tokenEndpoint(context: CheckContext, discovered: Discovered): Promise<CheckResult> {
  const check = openCheck(context, 'cors', 'cors.token', 'Token endpoint');
  const { tokenEndpoint: url } = discovered;
  if (!url) return check.skipped('not published');
  if (context.eye === 'browser' && context.signedIn) return check.pass('it gave this page a token');
  if (context.eye === 'browser' && !mayTalkTo(context, url))
    return check.skipped('its origin is not configured');
  const heard = await ask(context, url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'connection-check',
      client_id: context.issuer?.clientId ?? 'connection-check',
    }).toString(),
  });
  return lets(context, heard)
    ? check.pass('readable')
    : check.fail(
        heard.kind === 'answer' ? `not readable for ${context.origin}` : heardInWords(heard),
        `${cureFor(context)} Some servers do so only for the origin of a registered redirect URI.`,
      );
}
