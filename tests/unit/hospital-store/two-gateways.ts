import { QueryClient } from '@tanstack/react-query';
import type { LaunchSession } from '#src/domain/session.ts';
import type { IssuerConfig, StoreConfig } from '#src/domain/site-config.ts';
import { readRecommendations } from '#src/fhir/recommendation.fhir.ts';
import { systemClock } from '#src/io/clock.ts';
import { openStore } from '#src/io/hospital-store/open-store.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { buildReview } from '#src/state/build-review.ts';
import type { Deps } from '#src/state/deps.ts';
import { sourceOf } from '#src/state/read-servers.ts';
import {
  answersQuery,
  chartQuery,
  patientQuery,
  recommendationsQuery,
  supportQuery,
} from '#src/state/review.queries.ts';
import { performersIn } from '#src/state/support-searches.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { START } from '#tests/contract/harness.ts';
import type { Servers } from '#tests/contract/two-servers.ts';
import { makeDeps } from '#tests/unit/state/deps.ts';
import { query, REGISTRY } from '#tests/unit/state/sources.ts';

const SCOPE = [
  'launch openid fhirUser patient/Patient.rs patient/RiskAssessment.rs patient/Observation.crus',
  'patient/Encounter.rs user/Device.rs user/Observation.rs user/Practitioner.rs user/Provenance.rs',
].join(' ');

/** Both servers of one launch under the EHR's token, and what was asked of each, in order. */
export async function signInToTwo(servers: Servers, scope = SCOPE) {
  const { access_token } = await tokensFor(servers.ehr, { scope });
  const asked: string[] = [];
  const to = (baseUrl: string, name: string) =>
    new HttpGateway({
      baseUrl,
      authorization: async () => ({ authorization: `Bearer ${access_token}` }),
      clock: systemClock,
      fetch: (url, init) => {
        const { pathname, search } = new URL(String(url));
        asked.push(`${name} ${init?.method ?? 'GET'} ${pathname.replace('/fhir/', '')}${search}`);
        return fetch(url, init);
      },
    });
  const ehr = to(`${servers.ehr.url}/fhir`, 'ehr');
  const gateway = to(`${servers.store.url}/fhir`, 'store');
  const config: StoreConfig = {
    baseUrl: gateway.baseUrl,
    label: 'Hospital store',
    auth: 'ehr-token',
    authorizationOrigins: [],
    patientIdentifierSystem: 'urn:example:mrn',
    canRetract: true,
    conditionalCreate: true,
  };
  const open = (change: Partial<StoreConfig> = {}, patientId = 'p1') =>
    openStore({ config: { ...config, ...change }, gateway, ehr, patientId });
  return { ehr, gateway, config, asked, open, token: access_token };
}

type SignedIn = Awaited<ReturnType<typeof signInToTwo>>;

/** What the screen stands on, with the store open. */
export function depsWith(
  { ehr, config }: SignedIn,
  store: OpenedStore | undefined,
  change: { issuer?: Partial<IssuerConfig>; session?: Partial<LaunchSession> } = {},
): Deps {
  const { deps } = makeDeps({
    issuer: { store: config, recommendationSource: 'store', ...change.issuer },
    session: { issuer: ehr.baseUrl, performer: 'Practitioner/ada', ...change.session },
  });
  return { ...deps, gateway: ehr, ...(store && { store }) };
}

/** The two rounds of reading, and the screen from them. */
export async function readReview(deps: Deps, patientId = 'p1') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const [patient, recommendations, answers, chart] = await Promise.all([
    client.fetchQuery(patientQuery(deps, patientId)),
    client.fetchQuery(recommendationsQuery(deps, patientId)),
    client.fetchQuery(answersQuery(deps, patientId)),
    client.fetchQuery(chartQuery(deps, patientId)),
  ]);
  const read = readRecommendations({
    ...sourceOf(deps, patientId),
    resources: recommendations.flatMap(({ matches }) => matches),
    included: recommendations.flatMap(({ included }) => included),
    source: deps.issuer,
  });
  const support = await client.fetchQuery(
    supportQuery(deps, patientId, read.recommendations, recommendations, performersIn(answers)),
  );
  return buildReview(
    {
      deps,
      patientId,
      read,
      patient: query(patient),
      recommendations: query(recommendations),
      answers: query(answers),
      chart: query(chart),
      support: query(support),
      setting: query({}),
      registry: REGISTRY,
      outboxItems: [],
    },
    Date.parse(START),
  );
}
