import { withoutSlash } from '#src/domain/base-url.ts';
import type { CheckResult } from '#src/domain/connection/check.ts';
import type { StoreConfig } from '#src/domain/site-config.ts';
import { openStore } from '#src/io/hospital-store/open-store.ts';
import { StoreStop } from '#src/io/hospital-store/store-stop.ts';
import { type CheckContext, openCheck, type SignedIn } from './context.ts';
import { gatewayOf } from './gateway-of.ts';

/** The hospital store as a server to be checked like the EHR, under its own address and token. */
export function storeContext(context: CheckContext, store: StoreConfig): CheckContext {
  const signedIn = store.auth === 'ehr-token' ? context.signedIn : context.storeSignedIn;
  return {
    ...context,
    base: withoutSlash(store.baseUrl),
    prefix: 'store.',
    titlePrefix: 'Store: ',
    // Whose Patient that is over there is found out first; no id of the EHR is asked for.
    signedIn: signedIn && {
      ...signedIn,
      patientId: undefined,
      // In both servers the answer is that of who is signed in to the EHR.
      performer: context.signedIn?.performer ?? signedIn.performer,
      renew: undefined,
    },
  };
}

export interface FoundPatient {
  readonly result: CheckResult;
  readonly signedIn: SignedIn | undefined;
}

/** The same person in both servers, found as a launch finds them (`openStore`). */
export async function storePatient(
  ehr: CheckContext,
  store: CheckContext,
  config: StoreConfig,
): Promise<FoundPatient> {
  const check = openCheck(store, 'sinks', 'patient', 'the same patient');
  const { signedIn } = store;
  const { patientId } = ehr.signedIn ?? {};
  const end = (result: CheckResult, found?: string): FoundPatient => ({
    result,
    signedIn: signedIn && { ...signedIn, patientId: found },
  });
  if (!signedIn)
    return end(
      config.auth === 'smart'
        ? check.skipped(
            'the store has a sign-in of its own',
            'Sign in to it too; on the command line bring its token with --store-token-file.',
          )
        : check.skipped('nobody is signed in'),
    );
  if (!patientId) return end(check.skipped('no patient is open', 'Name one with --patient ID.'));
  try {
    const gateway = gatewayOf(store);
    const own = config.auth === 'smart' && signedIn.fhirUser ? ownSignIn(ehr) : undefined;
    const opened = await openStore({
      config,
      gateway,
      ehr: gatewayOf(ehr),
      patientId,
      ...(own && { signIn: own }),
    });
    const id = opened.subject.slice('Patient/'.length);
    const doubts = (opened.doubts ?? []).map(
      ({ trait, why }) => `${trait} ${why.replace('-', ' ')}`,
    );
    return doubts.length === 0
      ? end(check.pass('found by identifier, and the same in what else both say'), id)
      : end(
          check.warn(
            `found by identifier; ${doubts.join(', ')}`,
            'Have both servers keep birth date, sex and family name alike: each card says that it is in doubt.',
          ),
          id,
        );
  } catch (cause) {
    if (!(cause instanceof StoreStop)) throw cause;
    return end(check.fail(cause.message, cause.cure));
  }
}

/** Who came through the store's own sign-in, and for whom: the same person for the same patient. */
const ownSignIn = ({ signedIn, storeSignedIn }: CheckContext) => ({
  fhirUser: storeSignedIn?.fhirUser,
  patientId: storeSignedIn?.patientId,
  performer: signedIn?.performer,
});
