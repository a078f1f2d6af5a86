import type { CheckResult } from '#src/domain/connection/check.ts';
import type { StoreConfig } from '#src/domain/site-config.ts';
import { get, objects, token } from '#src/fhir/read.ts';
import { ask, heardInWords, okJson, resourceOf, serverWords } from './ask.ts';
import { type CheckContext, openCheck, type SignedIn } from './context.ts';

/** The hospital store as a server to be checked like the EHR, under its own address and token. */
export function storeContext(context: CheckContext, store: StoreConfig): CheckContext {
  const signedIn = store.auth === 'ehr-token' ? context.signedIn : context.storeSignedIn;
  return {
    ...context,
    base: store.baseUrl.replace(/\/+$/, ''),
    prefix: 'store.',
    titlePrefix: 'Store: ',
    // Whose Patient that is over there is found out first; no id of the EHR is asked for.
    signedIn: signedIn && { ...signedIn, patientId: undefined, renew: undefined },
  };
}

export interface FoundPatient {
  readonly result: CheckResult;
  readonly signedIn: SignedIn | undefined;
}

/** The same person in both servers, by the configured identifier: exactly one, or the app stops. */
export async function storePatient(
  ehr: CheckContext,
  store: CheckContext,
  { patientIdentifierSystem: system, auth }: StoreConfig,
): Promise<FoundPatient> {
  const check = openCheck(store, 'sinks', 'patient', 'the same patient');
  const { signedIn } = store;
  const end = (result: CheckResult, found?: string) => ({
    result,
    signedIn: signedIn && { ...signedIn, patientId: found },
  });
  if (!signedIn)
    return end(
      auth === 'smart'
        ? check.skipped(
            'the store has a sign-in of its own',
            'Bring its token with --store-token-file on the command line.',
          )
        : check.skipped('nobody is signed in'),
    );
  const { patientId } = ehr.signedIn ?? {};
  if (!patientId) return end(check.skipped('no patient is open', 'Name one with --patient ID.'));
  const there = await ask(ehr, `Patient/${patientId}`, { authorized: true });
  const values = objects(get(okJson(there), 'identifier')).flatMap((one) =>
    get(one, 'system') === system ? (token(get(one, 'value'), 200) ?? []) : [],
  );
  const [value] = values;
  if (value === undefined || values.length > 1)
    return end(
      check.fail(
        `the EHR’s Patient has ${values.length === 0 ? 'no' : 'several'} identifiers of ${system}`,
        'Set store.patientIdentifierSystem to the system of your MRN, as the EHR writes it.',
      ),
    );
  const heard = await ask(store, 'Patient/_search', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ identifier: `${system}|${value}` }).toString(),
    authorized: true,
  });
  const bundle = resourceOf(heard, 'Bundle');
  const found = objects(get(bundle, 'entry'))
    .map((one) => get(one, 'resource'))
    .filter((one) => get(one, 'resourceType') === 'Patient');
  if (!bundle)
    return end(
      check.fail(
        heardInWords(heard),
        'The store must find a Patient by identifier.',
        serverWords(heard),
      ),
    );
  const id = token(get(found[0], 'id'), 64);
  return found.length === 1 && id !== undefined
    ? end(check.pass('found by identifier, once'), id)
    : end(
        check.fail(
          `${found.length} patients found by that identifier`,
          'Load the patient into the store, with the same identifier, once.',
        ),
      );
}
