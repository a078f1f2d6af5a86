import type { CheckResult } from '#src/domain/connection/check.ts';
import {
  lackingScopes,
  type NeededScope,
  neededScopes,
  scopeInWords,
} from '#src/domain/connection/needed-scopes.ts';
import { excessiveScopes } from '#src/domain/connection/scopes.ts';
import { boolean, get, number, token } from '#src/fhir/read.ts';
import { FhirError } from '#src/io/gateway.ts';
import { ask, heardInWords, isOk, okJson, serverWords } from './ask.ts';
import { type CheckContext, openCheck, type SignedIn } from './context.ts';
import { type Discovered, mayTalkTo } from './discovery-checks.ts';

/** Shorter than this, and a shift needs a refresh token (Oracle Health gives 570 s). */
const SHORT_LIFE_MS = 15 * 60_000;

/**
 * What the command line is not told with a token it may ask the authorization server
 * (RFC 7662, SMART 2.2 §7), where one is offered at a configured origin.
 */
export async function introspected(
  context: CheckContext,
  { introspectionEndpoint: url }: Discovered,
): Promise<SignedIn | undefined> {
  const { signedIn } = context;
  if (!signedIn || signedIn.scopes || !url || !mayTalkTo(context, url)) return signedIn;
  const { authorization = '' } = await signedIn.authorization();
  const heard = await ask(context, url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', authorization },
    body: new URLSearchParams({ token: authorization.replace(/^Bearer /, '') }).toString(),
  });
  const json = okJson(heard);
  if (boolean(get(json, 'active')) !== true) return signedIn;
  const scope = get(json, 'scope');
  const exp = number(get(json, 'exp'));
  const user = token(get(json, 'fhirUser'), 500)?.match(/(Practitioner|PractitionerRole)\/[^/]+$/);
  return {
    ...signedIn,
    scopes: typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : undefined,
    patientId: signedIn.patientId ?? token(get(json, 'patient'), 64),
    encounterId: signedIn.encounterId ?? token(get(json, 'encounter'), 64),
    performer: signedIn.performer ?? user?.[0],
    expiresAt: exp === undefined ? undefined : exp * 1000,
  };
}

/** The token: does it work, for what, for whom, how long. */
export async function tokenChecks(context: CheckContext): Promise<readonly CheckResult[]> {
  const { signedIn } = context;
  if (!signedIn) return [];
  const works = await accepted(context, signedIn);
  if (works.status === 'fail') return [works];
  return [
    works,
    ...(await scopes(context, signedIn)),
    user(context, signedIn),
    lifetime(context, signedIn),
    await refresh(context, signedIn),
  ];
}

async function accepted(context: CheckContext, signedIn: SignedIn): Promise<CheckResult> {
  const check = openCheck(context, 'token', 'token.accepted', 'Token');
  const { patientId } = signedIn;
  const heard = await ask(context, patientId ? `Patient/${patientId}` : 'Patient?_count=1', {
    authorized: true,
  });
  if (isOk(heard)) return check.pass(patientId ? 'reads its Patient' : 'accepted');
  const refused = heard.kind === 'answer' && heard.status === 401;
  if (heard.kind === 'answer' && heard.status === 403 && !patientId)
    return check.pass('accepted; it may not search Patients, which is right');
  return check.fail(
    heardInWords(heard),
    refused
      ? 'Sign in again, or bring a token that has not ended.'
      : 'Without its Patient the app shows nothing: check patient/Patient.r and the launch context.',
    serverWords(heard),
  );
}

async function scopes(context: CheckContext, signedIn: SignedIn): Promise<readonly CheckResult[]> {
  const check = openCheck(context, 'token', 'token.scopes', 'Granted against needed');
  if (!context.issuer)
    return [
      check.skipped('what is needed is in config.json', 'Name your config.json with --config.'),
    ];
  const needed = neededScopes(context.issuer, context.site?.kinds);
  const { scopes: granted } = signedIn;
  const lacking = granted
    ? lackingScopes(needed, granted)
    : await refusedSearches(context, signedIn, needed);
  const how = granted ? '' : ' (by trying to search, since the token does not say)';
  const required = lacking.filter((one) => one.required);
  const result =
    required.length > 0
      ? check.fail(
          `not granted: ${required.map(scopeInWords).join(', ')}${how}`,
          'Ask for them in config.json, register them at the EHR, and sign in again.',
        )
      : lacking.length > 0
        ? check.warn(
            `not granted: ${lacking.map(scopeInWords).join(', ')}${how}`,
            'The app works without them and says what it could not ask.',
          )
        : check.pass(`all that is needed${how}`);
  return [result, excess(context, granted)];
}

/** Where nobody lists the scopes: what may be searched for this patient, and what may not. */
async function refusedSearches(
  context: CheckContext,
  { patientId }: SignedIn,
  needed: readonly NeededScope[],
): Promise<readonly NeededScope[]> {
  const searched = needed.filter(({ letters }) => letters.includes('s'));
  const query = patientId ? `patient=Patient/${patientId}&_count=1` : '_count=1';
  const heard = await Promise.all(
    searched.map(({ type }) => ask(context, `${type}?${query}`, { authorized: true })),
  );
  return searched.filter((_, i) => {
    const one = heard[i];
    return one?.kind === 'answer' && (one.status === 401 || one.status === 403);
  });
}

function excess(context: CheckContext, granted: readonly string[] | undefined): CheckResult {
  const check = openCheck(context, 'token', 'token.least', 'No more than needed');
  if (!granted) return check.skipped('the token does not say what it allows');
  const found = excessiveScopes(granted);
  return found.length === 0
    ? check.pass('no wildcard, no deletion, no system scope')
    : check.warn(found.join(', '), 'Register single resource types, and nothing to delete.');
}

function user(context: CheckContext, { performer, scopes: granted }: SignedIn): CheckResult {
  const check = openCheck(context, 'token', 'token.user', 'Who is signed in');
  if (performer) return check.pass(`a ${performer.split('/').at(-2)}`);
  if (!granted)
    return check.skipped('the command line is not told', 'Name them with --user Practitioner/ID.');
  return check.fail(
    'fhirUser names no Practitioner and no PractitionerRole',
    'Have the EHR send one as fhirUser. R4 lets no Person give an answer: the app would record nothing.',
  );
}

function lifetime(context: CheckContext, { expiresAt }: SignedIn): CheckResult {
  const check = openCheck(context, 'token', 'token.lifetime', 'How long it lasts');
  if (!expiresAt) return check.skipped('not told');
  const left = expiresAt - context.clock.now();
  const seen = `${Math.max(0, Math.round(left / 60_000))} min left`;
  return left < SHORT_LIFE_MS
    ? check.warn(seen, 'Short: see to it that a refresh token is given (online_access).')
    : check.pass(seen);
}

/** By really renewing it: servers that promise a refresh may still refuse it. */
async function refresh(context: CheckContext, { renew }: SignedIn): Promise<CheckResult> {
  const check = openCheck(context, 'token', 'token.refresh', 'Refresh');
  if (!renew)
    return check.skipped('the command line has no refresh token', 'Run the check in the app.');
  try {
    if (await renew()) return check.pass('the token was renewed');
    return check.warn(
      'no refresh token was given',
      'Ask for online_access if tokens end within a shift; else clinicians sign in again, and nothing is lost.',
    );
  } catch (cause) {
    const why = cause instanceof FhirError ? cause.kind : 'failed';
    return check.fail(
      `the server gave a refresh token and did not take it (${why})`,
      'Try "refreshTokenWithClientId" the other way round, then ask the vendor.',
    );
  }
}
