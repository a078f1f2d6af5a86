import { join } from 'node:path';
import type { StoreConfig } from '#src/domain/site-config.ts';
import { FIGURE_SCOPES, STORE_SCOPES } from './stage-config.ts';
import type { StageOptions, StoreOptions } from './stage-options.ts';
import { INTROSPECTION_CLIENT, openJournal, parseFaults } from './stage-sandbox.ts';
import type { LoadedScenario } from './stage-scenario.ts';

/** Another client than the EHR's: whoever confuses the two registrations is refused. */
const STORE_CLIENT_ID = 'clinician-feedback-store';

/** A sign-in of the store’s own asks whose record it is (standalone launch), and must show who came. */
const OWN_SIGN_IN = `launch/patient openid fhirUser online_access user/Practitioner.r ${STORE_SCOPES}`;

/** Who in the ward has no record in the store, and who has two. */
const ODD_RECORDS = { missing: ['minimal'], twice: ['long-name'] } as const;

/**
 * The hospital's own FHIR store: a strict sandbox on another origin, with other ids for the same
 * people, that knows the patient by MRN and takes the EHR's tokens where `auth` says so.
 */
export async function startStore(
  stage: StageOptions,
  options: StoreOptions,
  { scenario, mrnSystem }: LoadedScenario,
  { ehrBase, appOrigins }: { readonly ehrBase: string; readonly appOrigins: readonly string[] },
) {
  const [
    { startHttp },
    { createSandbox },
    { DEFAULT_CLIENT_ID, defaultClient },
    { storeScenario },
  ] = await Promise.all([
    import('#mocks/hosts/http.ts'),
    import('#mocks/sandbox.ts'),
    import('#mocks/smart/client.ts'),
    import('#mocks/hospital-store/scenarios.ts'),
  ]);
  const { accessTokenSeconds, auth, recommendationSource = 'store' } = options;
  const content = storeScenario(scenario, {
    ...ODD_RECORDS,
    ...options,
    ehrBase,
    recommendations: recommendationSource === 'store',
  });
  const faults = await parseFaults(options.faults ?? []);
  const journal = stage.dataDir && (await openJournal(join(stage.dataDir, 'hospital-store')));
  const trustedEhr = {
    fhirBase: ehrBase,
    clientId: INTROSPECTION_CLIENT.id,
    clientSecret: INTROSPECTION_CLIENT.secret,
    patientIdentifierSystem: mrnSystem,
    permits: { [DEFAULT_CLIENT_ID]: `${STORE_SCOPES} ${FIGURE_SCOPES}` },
  };
  return startHttp({
    port: stage.port === 0 ? 0 : stage.port + 2,
    create: (baseUrl) =>
      createSandbox({
        baseUrl,
        appOrigins,
        scenario: content,
        faults,
        clients: [{ ...defaultClient(appOrigins), id: STORE_CLIENT_ID }],
        referencesMustExist: true,
        ...(auth === 'ehr-token' && { trustedEhr }),
        ...(accessTokenSeconds && { accessTokenSeconds }),
        ...(journal && { journal }),
      }),
  });
}

/** What the app is told about the store at this address. */
export function storeConfig(
  baseUrl: string,
  mrnSystem: string,
  { auth, config }: StoreOptions,
): StoreConfig {
  return {
    baseUrl: `${baseUrl}/fhir`,
    label: 'Hospital store',
    auth,
    ...(auth === 'smart' && { clientId: STORE_CLIENT_ID, scopes: OWN_SIGN_IN }),
    authorizationOrigins: [],
    patientIdentifierSystem: mrnSystem,
    canRetract: true,
    conditionalCreate: true,
    ...config,
  };
}
