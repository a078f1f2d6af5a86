import type { Observation } from 'fhir/r4';
import type { CheckResult } from '#src/domain/connection/check.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import type { Checked } from './carrier-checks.ts';
import { type CheckContext, openCheck } from './context.ts';
import { failureInWords, type TestCopies } from './test-copies.ts';

export interface Retracted extends Checked {
  readonly stays: readonly string[];
}

/** Takes back what the check wrote, all of it, and learns by that whether a site can retract. */
export async function retractChecks(
  context: CheckContext,
  gateway: FhirGateway,
  copies: TestCopies,
  id: string,
): Promise<Retracted> {
  const [reference] = copies.known(id);
  const before = reference && (await version(gateway, reference));
  const { retracted, stays } = await copies.retractAll();
  if (retracted + stays.length === 0) return { results: [], advice: [], stays };
  const can = stays.length === 0;
  const stale = can && before ? await staleUpdate(context, gateway, before) : undefined;
  return {
    results: [verdict(context, retracted, stays), ...(stale ? [stale] : [])],
    advice: [
      {
        setting: `${context.prefix}canRetract`,
        value: can,
        why: can
          ? 'the test answers were marked entered in error, and read back so'
          : 'the server did not let the app mark its own answer as entered in error',
      },
    ],
    stays: stays.map((one) => `${context.base}/${one}`),
  };
}

function verdict(context: CheckContext, retracted: number, stays: readonly string[]): CheckResult {
  const check = openCheck(context, 'write', 'write.retract', 'Retract');
  const { issuer, prefix } = context;
  if (stays.length === 0)
    return check.pass(`${retracted} test ${retracted === 1 ? 'answer' : 'answers'} retracted`);
  const configured = prefix === '' ? issuer?.canRetract : issuer?.store?.canRetract;
  return check[configured === false ? 'warn' : 'fail'](
    `${stays.length} of ${retracted + stays.length} test answers stay on the server`,
    'Have them removed (they are listed below, labelled HTEST and tagged connection-check). Grant update of Observations, or set "canRetract": false.',
  );
}

interface Version {
  readonly resource: Observation & { readonly id: string };
  readonly etag: string;
}

async function version(gateway: FhirGateway, reference: string): Promise<Version | undefined> {
  try {
    const found = await gateway.read('Observation', reference.slice('Observation/'.length));
    const versionId = found.meta?.versionId;
    if (found.resourceType !== 'Observation' || !found.id || !versionId) return undefined;
    return { resource: { ...found, id: found.id }, etag: `W/"${versionId}"` };
  } catch (cause) {
    if (cause instanceof FhirError) return undefined;
    throw cause;
  }
}

/** The version from before the retraction is named: a server that minds it must refuse (R4 §3.1.0.5). */
async function staleUpdate(
  context: CheckContext,
  gateway: FhirGateway,
  { resource, etag }: Version,
): Promise<CheckResult> {
  const check = openCheck(context, 'write', 'write.if-match', 'If-Match');
  const cure =
    'Have the server refuse an update of an older version with 412: else two people overwrite each other unseen.';
  try {
    await gateway.update({ ...resource, status: 'entered-in-error' }, { ifMatch: etag });
    return check.warn('an update of an older version was taken', cure);
  } catch (cause) {
    if (cause instanceof FhirError && (cause.status === 412 || cause.status === 409))
      return check.pass(`an update of an older version is refused (HTTP ${cause.status})`);
    const { seen, said } = failureInWords(cause);
    return check.warn(`${seen} instead of 412`, cure, said);
  }
}
