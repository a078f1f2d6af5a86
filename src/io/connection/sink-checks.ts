import type { CheckResult } from '#src/domain/connection/check.ts';
import { missingLetters } from '#src/domain/connection/scopes.ts';
import { type Sink, sinksOf } from '#src/domain/sinks.ts';
import type { FlowsheetMapping, NoteMapping, RelayMapping } from '#src/domain/site-config.ts';
import { ask, type Heard, heardInWords, isOk, resourceOf } from './ask.ts';
import { announcedTypes, announces } from './capability-checks.ts';
import { type CheckContext, openCheck } from './context.ts';

/** What can be said of the other sinks without filing anything into a chart. */
export async function sinkChecks(
  context: CheckContext,
  metadata: Heard,
): Promise<readonly CheckResult[]> {
  const { issuer } = context;
  if (!issuer) return [];
  const results = await Promise.all(
    sinksOf(issuer).map((sink) => oneSink(context, sink, metadata)),
  );
  return results.flat();
}

async function oneSink(
  context: CheckContext,
  { id, config }: Sink,
  metadata: Heard,
): Promise<readonly CheckResult[]> {
  switch (id) {
    case 'epic-flowsheet':
      return config.flowsheet
        ? [rows(context, config.flowsheet), takes(context, 'flowsheet', 'Observation', metadata)]
        : [];
    case 'document-note':
      return config.note
        ? [noteType(context, config.note), takes(context, 'note', 'DocumentReference', metadata)]
        : [];
    case 'cds-feedback-relay':
      return config.relay ? [await relay(context, config.relay)] : [];
    default:
      return [];
  }
}

/** One concept a row: two in the same would overwrite or refuse each other. */
function rows(context: CheckContext, mapping: FlowsheetMapping): CheckResult {
  const check = openCheck(context, 'sinks', 'flowsheet.rows', 'Flowsheet rows');
  const { decision, recommendation, reason, comment } = mapping;
  const ids = [decision, recommendation, reason, comment].filter((one) => one !== undefined);
  return new Set(ids).size === ids.length
    ? check.pass(`${ids.length} rows, one concept each`)
    : check.fail('two concepts share a row', 'Have the site build a row for each.');
}

function noteType(context: CheckContext, { type }: NoteMapping): CheckResult {
  const check = openCheck(context, 'sinks', 'note.type', 'Type of the note');
  return check.pass(`${type.system}|${type.code}`);
}

/** Announced and allowed; whether it is filed is seen in the EHR’s test environment alone. */
function takes(
  context: CheckContext,
  name: 'flowsheet' | 'note',
  type: 'Observation' | 'DocumentReference',
  metadata: Heard,
): CheckResult {
  const title = name === 'note' ? 'Filing a note' : 'Filing a row';
  const check = openCheck(context, 'sinks', `${name}.create`, title);
  const statement = resourceOf(metadata, 'CapabilityStatement');
  if (!statement) return check.skipped('there is no CapabilityStatement');
  if (!announces(announcedTypes(statement), type, 'create'))
    return check.fail(
      `${type} create is not announced`,
      `Register the app for ${type}.Create at the EHR, or leave this sink out.`,
    );
  const { scopes, encounterId } = context.signedIn ?? {};
  if (scopes && missingLetters(scopes, type, 'c') !== '')
    return check.fail(
      `the token may not create a ${type}`,
      `Add patient/${type}.c to scopes and to the registration.`,
    );
  if (scopes && !encounterId)
    return check.warn(
      `${type} create is allowed, but the launch named no encounter`,
      'The EHR files nothing without one: launch from an open encounter.',
    );
  return check.pass(`${type} create is ${scopes ? 'allowed' : 'announced'}; nothing was filed`);
}

/** Only whether a page may call it: a call would reach the service. */
async function relay(context: CheckContext, { url }: RelayMapping): Promise<CheckResult> {
  const check = openCheck(context, 'sinks', 'relay.cors', 'Feedback relay');
  if (context.eye === 'browser')
    return check.skipped(
      'a page cannot ask without calling it',
      'Run the check on the command line.',
    );
  if (context.origin === undefined)
    return check.skipped('where the app is served is not known', 'Name its origin with --origin.');
  const heard = await ask(context, url, {
    method: 'OPTIONS',
    headers: {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  const allowed =
    heard.kind === 'answer' ? heard.headers.get('access-control-allow-origin') : undefined;
  return isOk(heard) && (allowed === '*' || allowed === context.origin)
    ? check.pass('reachable, and a page may call it')
    : check.fail(
        isOk(heard) ? `not readable for ${context.origin}` : `OPTIONS: ${heardInWords(heard)}`,
        `Have the relay answer OPTIONS and allow the origin ${context.origin}.`,
      );
}
