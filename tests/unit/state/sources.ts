import type { UseQueryResult } from '@tanstack/react-query';
import type { FhirResource, RiskAssessment } from 'fhir/r4';
import type { OutboxItem } from '#src/domain/delivery.ts';
import type { PatientSummary } from '#src/domain/patient.ts';
import { readRecommendations } from '#src/fhir/recommendation.fhir.ts';
import { FhirError, type FhirErrorKind } from '#src/io/gateway.ts';
import type { ReviewSources } from '#src/state/build-review.ts';
import type { Part } from '#src/state/fetch-parts.ts';
import type { RegistryView } from '#src/state/registry.ts';
import { type DepsChange, makeDeps, minutesAgo, NOW, SERVER } from './deps.ts';

/** What `useQuery` says in each state that the screen can meet. */
export function query<T>(
  data: T | undefined,
  error: Error | null = null,
): UseQueryResult<T, Error> {
  const result = { data, error, isError: error !== null, isPending: data === undefined && !error };
  return result as UseQueryResult<T, Error>;
}

export const failure = (kind: FhirErrorKind): FhirError => new FhirError(kind, 'It failed.');

export const part = (
  type: string,
  matches: readonly FhirResource[] = [],
  change: Partial<Part> = {},
): Part => ({ server: SERVER, type, matches, included: [], truncated: false, ...change });

export const failedPart = (type: string, kind: FhirErrorKind): Part =>
  part(type, [], { failure: { kind, message: 'It failed.' } });

export const risk = (id: string, change: Partial<RiskAssessment> = {}): RiskAssessment => ({
  resourceType: 'RiskAssessment',
  id,
  meta: {
    versionId: '1',
    security: [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' },
    ],
  },
  status: 'final',
  subject: { reference: 'Patient/p1' },
  occurrenceDateTime: minutesAgo(30),
  prediction: [{ outcome: { text: 'Sepsis' }, probabilityDecimal: 62 }],
  ...change,
});

export const PATIENT: PatientSummary = { id: 'p1', displayName: 'RIVERA, Sam', deceased: false };

/** It answered just now, and has no record of any model. */
export const REGISTRY: RegistryView = {
  answer: { records: [], complete: true, askedAt: NOW },
  pending: false,
  failing: false,
  reliable: true,
};

export interface SourcesChange extends Partial<Omit<ReviewSources, 'deps' | 'read'>> {
  readonly deps?: DepsChange;
  readonly outboxItems?: readonly OutboxItem[];
}

/** Everything there and well, but for what a test changes. */
export function sources(change: SourcesChange = {}): ReviewSources {
  const { deps, ...rest } = change;
  const made = makeDeps(deps);
  const recommendations = rest.recommendations ?? query([part('RiskAssessment', [risk('r1')])]);
  return {
    patientId: 'p1',
    patient: query(PATIENT),
    answers: query([part('Observation')]),
    chart: query([part('Observation')]),
    support: query([part('Device')]),
    setting: query({}),
    registry: REGISTRY,
    outboxItems: [],
    ...rest,
    deps: made.deps,
    recommendations,
    read: readRecommendations({
      server: SERVER,
      resources: (recommendations.data ?? []).flatMap(({ matches }) => matches),
      source: made.deps.issuer,
      patientId: 'p1',
    }),
  };
}
