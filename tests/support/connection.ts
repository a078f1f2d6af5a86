import type { Observation } from 'fhir/r4';
import { afterEach, vi } from 'vitest';
import type { CheckResult } from '#src/domain/connection/check.ts';
import type { ConnectionReport } from '#src/domain/connection/report.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { CheckContext, SignedIn } from '#src/io/connection/context.ts';
import { type RunOptions, runChecks } from '#src/io/connection/run-checks.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { APP, HOSTS, type Options, type Running } from '#tests/contract/harness.ts';
import { kind } from '#tests/unit/state/deps.ts';
import { anIssuer, aSite } from './site.ts';

// A run asks some fifty times: slow on a machine that does other things too.
vi.setConfig({ testTimeout: 30_000 });

/** All that the checks ask for, for the carriers of `issuerOf`. */
export const ALL_SCOPES = [
  'launch openid fhirUser online_access patient/Patient.r patient/RiskAssessment.rs',
  'patient/Observation.crus patient/Encounter.rs user/Practitioner.rs user/PractitionerRole.rs',
  'user/Device.rs user/DocumentReference.rs user/Provenance.crs user/AuditEvent.c',
].join(' ');

export const issuerOf = (iss: string, change: Partial<IssuerConfig> = {}): IssuerConfig =>
  anIssuer(iss, { scopes: ALL_SCOPES, ...change });

export const siteOf = (...issuers: readonly IssuerConfig[]): SiteConfig =>
  aSite(issuers, { kinds: [kind], frameAncestors: ['https://ehr.hospital.test'] });

export interface CheckStage {
  readonly running: Running;
  readonly context: CheckContext & { readonly signedIn: SignedIn };
  run(options?: Partial<RunOptions>, change?: Partial<CheckContext>): Promise<ConnectionReport>;
}

export interface CheckStageOptions extends Options {
  readonly issuer?: Partial<IssuerConfig>;
  readonly scope?: string;
  /** Stands between the checks and the server: what it returns is what was answered. */
  readonly tamper?: (request: Request, send: typeof fetch) => Promise<Response>;
}

/** The checks in front of the real sandbox, under a token that was really granted. */
export async function startChecks(options: CheckStageOptions = {}): Promise<CheckStage> {
  const { issuer: change, scope = ALL_SCOPES, tamper, ...sandbox } = options;
  const running = await (HOSTS[0] as (typeof HOSTS)[number]).start(sandbox);
  const { access_token, scope: granted } = await tokensFor(running, { scope });
  const send: typeof fetch = (input, init) =>
    running.sandbox.fetch(new Request(input as string, { redirect: 'manual', ...init }));
  const issuer = issuerOf(running.sandbox.fhirBase, change);
  let ids = 0;
  const context: CheckStage['context'] = {
    base: running.sandbox.fhirBase,
    ehrBase: running.sandbox.fhirBase,
    prefix: '',
    titlePrefix: '',
    eye: 'command-line',
    origin: APP,
    fetch: tamper ? (input, init) => tamper(new Request(input as string, init), send) : send,
    // Waiting costs nothing here: what is to happen later happens now.
    clock: { now: running.clock.now, after: impatient(running) },
    issuer,
    site: siteOf(issuer),
    configProblems: [],
    signedIn: {
      authorization: async () => ({ authorization: `Bearer ${access_token}` }),
      scopes: granted.split(' '),
      patientId: 'p1',
      encounterId: 'enc-p1',
      performer: 'Practitioner/ada',
      expiresAt: running.clock.now() + 3_600_000,
    },
    newId: () => `urn:uuid:00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    timestamp: () => '2026-03-02T09:00:00+01:00',
    appVersion: '0.1.0',
  };
  return {
    running,
    context,
    run: (run = {}, more = {}) => runChecks({ ...context, ...more }, { write: false, ...run }),
  };
}

/** For a file of tests: each starts one stage, which ends with the test. */
export function stagePerTest() {
  let stage: CheckStage;
  afterEach(() => stage.running.stop());
  return {
    start: async (options: CheckStageOptions = {}) => {
      stage = await startChecks(options);
      return stage;
    },
    observations: () => testAnswers(stage),
  };
}

/** Short waits end at once; time-outs of requests never come. */
const impatient =
  ({ clock }: Running) =>
  (ms: number, callback: () => void) => {
    if (ms > 5000) return clock.after(ms, callback);
    queueMicrotask(callback);
    return () => undefined;
  };

/** "warn search.date", in the order in which they were found; without what passed. */
export const wrong = ({ results }: ConnectionReport): readonly string[] =>
  results.filter(({ status }) => status !== 'pass').map(({ status, id }) => `${status} ${id}`);

export function result(report: ConnectionReport, id: string): CheckResult {
  const found = report.results.find((one) => one.id === id);
  if (!found) throw new Error(`There is no check ${id}: ${report.results.map((one) => one.id)}`);
  return found;
}

/** The marked test Observations that the server holds. */
export const testAnswers = ({ running }: CheckStage): readonly Observation[] =>
  running.sandbox
    .list('Observation')
    .filter(({ meta }) => meta?.tag?.some(({ code }) => code === 'connection-check'));
