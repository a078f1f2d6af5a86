import type { CheckResult } from '#src/domain/connection/check.ts';
import { get, list, token } from '#src/fhir/read.ts';
import { ask, type Heard, heardInWords, isOk, okJson } from './ask.ts';
import { type CheckContext, openCheck } from './context.ts';

/** What `.well-known/smart-configuration` says, as far as we use it. */
export interface Discovered {
  readonly heard: Heard;
  readonly authorizationEndpoint: string | undefined;
  readonly tokenEndpoint: string | undefined;
  readonly introspectionEndpoint: string | undefined;
  readonly pkceMethods: readonly string[];
  readonly capabilities: readonly string[];
}

/** SMART App Launch 2.2 §4: asked for without a token, with the configured headers. */
export async function discover(context: CheckContext): Promise<Discovered> {
  const headers = context.issuer?.discoveryHeaders ?? {};
  const heard = await ask(context, '.well-known/smart-configuration', { headers });
  const json = okJson(heard);
  const url = (key: string) => {
    const value = token(get(json, key), 2000);
    return value !== undefined && URL.canParse(value) ? value : undefined;
  };
  const words = (key: string) => list(get(json, key)).flatMap((one) => token(one, 100) ?? []);
  return {
    heard,
    authorizationEndpoint: url('authorization_endpoint'),
    tokenEndpoint: url('token_endpoint'),
    introspectionEndpoint: url('introspection_endpoint'),
    pkceMethods: words('code_challenge_methods_supported'),
    capabilities: words('capabilities'),
  };
}

export function discoveryChecks(
  context: CheckContext,
  discovered: Discovered,
): readonly CheckResult[] {
  const { heard } = discovered;
  const check = openCheck(context, 'discovery', 'discovery.document', 'SMART configuration');
  const found = get(okJson(heard), 'token_endpoint') !== undefined;
  if (!found)
    return [
      check.fail(
        `${context.base}/.well-known/smart-configuration: ${isOk(heard) ? 'no SMART document' : heardInWords(heard)}`,
        'Check iss, and that the server publishes it to anybody. The app signs in nowhere without it.',
      ),
    ];
  return [
    check.pass('published'),
    endpoints(context, discovered),
    origins(context, discovered),
    pkce(context, discovered),
    capabilities(context, discovered),
  ];
}

const isSafe = (url: string) =>
  url.startsWith('https:') || /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(url);

function endpoints(context: CheckContext, discovered: Discovered): CheckResult {
  const check = openCheck(context, 'discovery', 'discovery.endpoints', 'Sign-in endpoints');
  const { authorizationEndpoint: authorization, tokenEndpoint: token } = discovered;
  if (!authorization || !token)
    return check.fail(
      `${authorization ? 'no token' : 'no authorization'} endpoint that is an address`,
      'The server must publish both.',
    );
  return isSafe(authorization) && isSafe(token)
    ? check.pass('authorization and token')
    : check.fail('not over https', 'Have the server publish https addresses.');
}

/** The page's policy lets it talk to configured origins only (docs/configuration.md, Headers). */
function origins(context: CheckContext, discovered: Discovered): CheckResult {
  const check = openCheck(context, 'discovery', 'discovery.origins', 'Origins of the sign-in');
  const { issuer, base } = context;
  const used = [discovered.tokenEndpoint, discovered.authorizationEndpoint].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  const allowed = new Set([new URL(base).origin, ...(issuer?.authorizationOrigins ?? [])]);
  const missing = [...new Set(used)].filter((origin) => !allowed.has(origin));
  if (missing.length === 0) return check.pass([...new Set(used)].join(', '));
  const cure = `Set "authorizationOrigins": ${JSON.stringify(missing)}, and install the headers again.`;
  return issuer
    ? check.fail(`${missing.join(', ')}: not configured, so the page’s policy blocks it`, cure)
    : check.warn(`${missing.join(', ')}: on another host than the FHIR server`, cure);
}

function pkce(context: CheckContext, { pkceMethods }: Discovered): CheckResult {
  const check = openCheck(context, 'discovery', 'discovery.pkce', 'PKCE');
  if (pkceMethods.includes('S256')) {
    return pkceMethods.includes('plain')
      ? check.warn('S256 and plain', 'SMART forbids plain: have the server announce S256 alone.')
      : check.pass('S256');
  }
  const seen = pkceMethods.length === 0 ? 'not announced' : `only ${pkceMethods.join(', ')}`;
  return context.issuer?.pkce === 'ifSupported'
    ? check.warn(seen, 'Have the server announce S256, then set "pkce": "required".')
    : check.fail(
        seen,
        'Have the server announce S256. Until then only "pkce": "ifSupported" lets anybody sign in.',
      );
}

const WANTED: Readonly<Record<string, string>> = {
  'launch-ehr': 'a launch from the chart',
  'launch-standalone': 'a launch by hand, this check among them',
  'client-public': 'an app that can keep no secret',
  'sso-openid-connect': 'who is signed in',
  'context-ehr-patient': 'whose chart is open',
};

function capabilities(context: CheckContext, discovered: Discovered): CheckResult {
  const check = openCheck(context, 'discovery', 'discovery.capabilities', 'SMART capabilities');
  const missing = Object.keys(WANTED).filter((one) => !discovered.capabilities.includes(one));
  return missing.length === 0
    ? check.pass('all that a launch needs')
    : check.warn(
        `not announced: ${missing.map((one) => `${one} (${WANTED[one]})`).join(', ')}`,
        'Servers often announce less than they do: try a launch, and ask the vendor.',
      );
}

/** True where a page of ours may talk to this address at all. */
export function mayTalkTo(context: CheckContext, url: string): boolean {
  const { origin } = new URL(url);
  return (
    origin === new URL(context.base).origin ||
    (context.issuer?.authorizationOrigins ?? []).includes(origin)
  );
}
