import type { OutboxItem } from '#src/domain/delivery.ts';
import type { Answer, Exposure } from '#src/domain/feedback.ts';
import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { LaunchSession } from '#src/domain/session.ts';
import type { IssuerConfig, KindConfig } from '#src/domain/site-config.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { DurableOutbox } from '#src/io/outbox/durable-outbox.ts';
import { noLock } from '#src/io/outbox/exclusive-lock.ts';
import { MemoryStore } from '#src/io/outbox/memory-store.ts';
import type { Batch } from '#src/io/sinks/sink-port.ts';
import type { Deps } from '#src/state/deps.ts';
import { createLaunchStore } from '#src/state/launch.store.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { noDesk } from '#tests/support/no-desk.ts';
import { anIssuer, aSite } from '#tests/support/site.ts';

export const SERVER = 'https://ehr.example.org/fhir';
export const NOW = Date.parse('2026-11-22T15:00:00Z');
export const minutesAgo = (minutes: number): string =>
  new Date(NOW - minutes * 60_000).toISOString();

export const kind: KindConfig = {
  id: 'default',
  label: 'AI recommendation',
  codes: [],
  reasons: [],
  reasonRequired: false,
  staleAfterMinutes: 240,
  series: [],
  seriesHours: 24,
  watch: [],
  deferMinutes: [30],
};

export interface DepsChange {
  readonly kinds?: readonly KindConfig[];
  readonly issuer?: Partial<IssuerConfig>;
  readonly session?: Partial<LaunchSession>;
  readonly synthetic?: boolean;
  /** What the server answers; default: any request fails the test. */
  readonly respond?: (request: Request) => Response | Promise<Response>;
  readonly tokenPatientId?: string | undefined;
  /** False: a frame for which the browser keeps nothing. */
  readonly lasting?: boolean;
}

const notExpected = (request: Request): never => {
  throw new Error(`No request was expected: ${request.method} ${request.url}`);
};

/** As a device that keeps its storage, without a database. */
class KeptInMemory extends MemoryStore {
  override readonly durable = true;
}

/** Real gateway and outbox with everything else pinned; `sent` and `exposures` are what left. */
export function makeDeps(change: DepsChange = {}) {
  const clock = new ManualClock(NOW);
  const sent: Answer[] = [];
  const exposures: Omit<Exposure, 'id'>[] = [];
  const reported: SafetyReport[] = [];
  const requests: Request[] = [];
  const { respond = notExpected, kinds = [kind], synthetic = false } = change;
  const issuer = anIssuer(SERVER, { label: 'EHR', clientId: 'c', ...change.issuer });
  const config = aSite([issuer], { synthetic, kinds });
  let ids = 0;
  const session: LaunchSession = {
    launchId: 'launch-1',
    issuer: SERVER,
    issuerLabel: 'EHR',
    patientId: 'p1',
    encounterId: 'e1',
    performer: 'Practitioner/me',
    fhirUser: 'Practitioner/me',
    scopes: [],
    needPatientBanner: true,
    fhirContext: [],
    appContext: undefined,
    intent: undefined,
    styleUrl: undefined,
    expiresAt: NOW + 3_600_000,
    ...change.session,
  };
  const launch = createLaunchStore(session);
  if ('tokenPatientId' in change)
    launch.getState().tokenRenewed({ patientId: change.tokenPatientId });
  const deps: Deps = {
    config,
    issuer,
    session,
    launch,
    clock,
    gateway: new HttpGateway({
      baseUrl: SERVER,
      authorization: async () => ({ authorization: 'Bearer t' }),
      clock,
      fetch: async (input, init) => {
        const request = new Request(input as string, init as RequestInit);
        requests.push(request);
        return respond(request);
      },
    }),
    outbox: new DurableOutbox({
      clock,
      store: new KeptInMemory({ load: () => [], save: () => undefined }),
      random: () => 0.5,
      tab: 'tab-1',
      session: () => ({
        issuer: SERVER,
        user: session.performer,
        patientId: session.patientId,
        anyPatient: false,
      }),
      sinks: [
        {
          sink: 'fhir-observation',
          required: true,
          lock: noLock,
          takes: () => true,
          deliver: async ([{ answer }]) => {
            if (answer) sent.push(answer);
            return {
              kind: 'stored',
              reference: `Observation/${sent.length}`,
              lost: [],
              sent: true,
            };
          },
        },
        // As the app: reports are kept where the hospital has a record of its own.
        ...(issuer.hospitalStore
          ? [
              {
                sink: 'safety-report' as const,
                required: true,
                lock: noLock,
                takes: () => true,
                deliver: async ([{ report }]: Batch): Promise<AttemptResult> => {
                  if (report) reported.push(report);
                  return { kind: 'stored', reference: 'AdverseEvent/1', lost: [], sent: true };
                },
              },
            ]
          : []),
      ],
    }),
    desk: noDesk,
    drafts: {
      lasting: change.lasting ?? true,
      ready: Promise.resolve(),
      all: () => ({}),
      save: () => undefined,
    },
    appVersion: '0.1.0',
    newId: () => `urn:uuid:00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    timestamp: () => '2026-11-22T16:00:00+01:00',
    recordExposure: (exposure) => void exposures.push(exposure),
    signIn: () => undefined,
    lock: () => undefined,
  };
  return { deps, clock, sent, reported, exposures, requests };
}

export const answer = (id: string, change: Partial<Answer> = {}): Answer => ({
  id,
  issuer: SERVER,
  patient: 'Patient/p1',
  recommendation: { ref: { server: SERVER, type: 'RiskAssessment', id: 'r1' }, version: '1' },
  performer: { reference: 'Practitioner/me' },
  answeredAt: minutesAgo(10),
  response: 'accepted',
  reasons: [],
  context: { appVersion: '0.1.0' },
  ...change,
});

export const item = (one: Answer, delivery: OutboxItem['delivery']): OutboxItem => ({
  answer: one,
  delivery,
});
