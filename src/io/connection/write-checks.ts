import type { CheckResult } from '#src/domain/connection/check.ts';
import type { ConfigAdvice } from '#src/domain/connection/report.ts';
import { compareObservations } from '#src/fhir/feedback/read-back.ts';
import { type CreateResult, FhirError, type FhirGateway } from '#src/io/gateway.ts';
import type { Checked } from './carrier-checks.ts';
import { conditionalChecks } from './conditional-checks.ts';
import { type CheckContext, openCheck } from './context.ts';
import { gatewayOf } from './gateway-of.ts';
import { retractChecks } from './retract-checks.ts';
import { failureInWords, TestCopies } from './test-copies.ts';
import { agreement } from './transport-checks.ts';

export interface Written extends Checked {
  /** Test Observations that stay on the server. */
  readonly stays: readonly string[];
  /** What was lost of the test answer, in words. */
  readonly lost: readonly string[];
}

const NOTHING: Written = { results: [], advice: [], stays: [], lost: [] };

/**
 * Writes a marked test answer on a test patient, by the app's own writer: is it stored whole, once,
 * and can it be taken back? Asked for explicitly; all that it writes it retracts again.
 */
export async function writeChecks(context: CheckContext): Promise<Written> {
  const check = openCheck(context, 'write', 'write.create', 'Create');
  const { patientId, performer, encounterId } = context.signedIn ?? {};
  if (!patientId || !performer) {
    const missing = patientId ? 'the clinician' : 'a test patient';
    const cure = patientId
      ? 'Name who is signed in with --user Practitioner/ID.'
      : 'Name a test patient with --patient ID.';
    return { ...NOTHING, results: [check.skipped(`${missing} is not known`, cure)] };
  }
  const gateway = gatewayOf(context);
  const copies = new TestCopies(context, gateway, { patientId, performer, encounterId });
  const id = context.newId();
  const results: CheckResult[] = [];
  const advice: ConfigAdvice[] = [];
  const lost: string[] = [];
  try {
    const created = await first(copies, id);
    const reference = created.reference ?? (await copies.search(id))[0];
    results.push(stored(context, created, reference), ...clock(context, created));
    if (reference) {
      const read = await readBack(context, gateway, copies, id, reference);
      results.push(read.result, await findable(context, copies, id, reference));
      advice.push(...read.advice);
      lost.push(...read.lost);
    }
    const conditional = await conditionalChecks(context, copies, id);
    results.push(...conditional.results);
    advice.push(...conditional.advice);
  } catch (cause) {
    const { seen, said } = failureInWords(cause);
    results.push(check.fail(seen, refusedCure(context), said));
    lost.push(`everything: the server did not take it (${seen})`);
  }
  const retracted = await retractChecks(context, gateway, copies, id);
  return {
    results: [...results, ...retracted.results],
    advice: [...advice, ...retracted.advice],
    stays: retracted.stays,
    lost,
  };
}

const refusedCure = ({ prefix, issuer }: CheckContext): string =>
  prefix === '' && (issuer?.vendor === 'epic' || issuer?.vendor === 'oracle-health')
    ? 'This vendor takes no feedback Observations: keep answers in a hospital store, or use the sinks that it takes.'
    : 'Ask the server’s team which rule refuses it. Where none can be changed, keep answers in a hospital store.';

/** With the condition, as the app sends it where it may; a server that refuses the header gets it without. */
async function first(copies: TestCopies, id: string): Promise<CreateResult> {
  try {
    return await copies.create(id, true);
  } catch (cause) {
    const headerRefused = cause instanceof FhirError && [400, 412, 501].includes(cause.status ?? 0);
    if (!headerRefused) throw cause;
    return await copies.create(id, false);
  }
}

function stored(
  context: CheckContext,
  { reference, resource, etag }: CreateResult,
  found: string | undefined,
): CheckResult {
  const check = openCheck(context, 'write', 'write.create', 'Create');
  if (reference && resource) return check.pass(`stored and shown${etag ? ', with an ETag' : ''}`);
  if (reference)
    return check.warn(
      'stored; the answer has no body although return=representation was asked for',
      'Works: the app reads it again. Have the server honour Prefer to save a request.',
    );
  return found
    ? check.warn(
        'stored; the answer says neither what nor where',
        'Works by a search for the identifier. Have the server send Location, and expose it.',
      )
    : check.fail(
        'said to be stored, and not to be found',
        'Do not go live: the app could never say that an answer was sent.',
      );
}

/** A page cannot read `Date` across origins, but it can read when this was stored. */
function clock(context: CheckContext, { resource }: CreateResult): readonly CheckResult[] {
  const at = Date.parse(resource?.meta?.lastUpdated ?? '');
  if (context.eye !== 'browser' || Number.isNaN(at)) return [];
  const check = openCheck(context, 'write', 'write.clock', 'Clocks agree');
  return [agreement(check, at - context.clock.now())];
}

interface Read {
  readonly result: CheckResult;
  readonly advice: readonly ConfigAdvice[];
  readonly lost: readonly string[];
}

async function readBack(
  context: CheckContext,
  gateway: FhirGateway,
  copies: TestCopies,
  id: string,
  reference: string,
): Promise<Read> {
  const check = openCheck(context, 'write', 'write.read-back', 'Read back');
  const setting = context.prefix === '' ? ['readBack'] : [];
  const advise = (value: boolean, why: string) =>
    setting.map((name) => ({ setting: name, value, why }));
  try {
    const found = await gateway.read('Observation', reference.slice('Observation/'.length));
    const lost = compareObservations(copies.sent(id), found, context.base);
    const advice = advise(true, 'what was written could be read');
    if (lost.length === 0) return { result: check.pass('all there, value by value'), advice, lost };
    return {
      advice,
      lost,
      result: check.fail(
        `stored in part; not there as it was sent: ${lost.map(pathIn).join(', ')}`,
        'Keep the full record in a hospital store: from here on these parts would be missing in every answer.',
      ),
    };
  } catch (cause) {
    const { seen, said } = failureInWords(cause);
    return {
      lost: [],
      advice: advise(false, 'the token may not read what it wrote'),
      result: check.warn(
        seen,
        'Grant reading of Observations. Else set "readBack": false; losses then stay unseen.',
        said,
      ),
    };
  }
}

/** "Observation.focus" of "recommendation answered: not stored (Observation.focus)". */
const pathIn = (loss: string): string => /\((Observation.*)\)$/.exec(loss)?.[1] ?? loss;

async function findable(
  context: CheckContext,
  copies: TestCopies,
  id: string,
  reference: string,
): Promise<CheckResult> {
  const check = openCheck(context, 'write', 'write.find', 'Find by identifier');
  const cure =
    'Have the server index Observation.identifier at once: by it a repeat is recognised.';
  try {
    const found = await copies.search(id);
    return found.includes(reference) ? check.pass('found') : check.fail('not found', cure);
  } catch (cause) {
    const { seen, said } = failureInWords(cause);
    return check.fail(seen, cure, said);
  }
}
