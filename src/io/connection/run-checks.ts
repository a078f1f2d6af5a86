import { type SeenLosses, sinkLosses } from '#src/domain/connection/cannot-carry.ts';
import type { CheckResult } from '#src/domain/connection/check.ts';
import {
  type ConfigAdvice,
  type ConnectionReport,
  connectionReport,
} from '#src/domain/connection/report.ts';
import { ask } from './ask.ts';
import { capabilityChecks, writesObservations } from './capability-checks.ts';
import { carrierChecks } from './carrier-checks.ts';
import { configChecks } from './config-checks.ts';
import { type CheckContext, openCheck } from './context.ts';
import { corsChecks } from './cors-checks.ts';
import { discover, discoveryChecks } from './discovery-checks.ts';
import { searchChecks } from './search-checks.ts';
import { sinkChecks } from './sink-checks.ts';
import { storeContext, storePatient } from './store-checks.ts';
import { introspected, tokenChecks } from './token-checks.ts';
import { transportChecks } from './transport-checks.ts';
import { writeChecks } from './write-checks.ts';

export interface RunOptions {
  /** Write a marked test answer on the patient of the token; asked for by a person. */
  readonly write: boolean;
  /** Each result as soon as it is known. */
  readonly onResult?: (result: CheckResult) => void;
}

/** The connection check: the same for the app and the command line. Never throws. */
export async function runChecks(
  context: CheckContext,
  { write, onResult }: RunOptions,
): Promise<ConnectionReport> {
  const run = new Run(onResult);
  run.add(configChecks(context));
  const discovered = await discover(context);
  run.add(discoveryChecks(context, discovered));
  const metadata = await ask(context, 'metadata');
  run.add(await transportChecks(context, [metadata, discovered.heard]));
  run.add(await corsChecks(context, discovered, metadata));
  run.add(capabilityChecks(context, metadata));
  const ehr = { ...context, signedIn: await introspected(context, discovered) };
  const works = run
    .add(await tokenChecks(ehr))
    .every((one) => one.id !== 'token.accepted' || one.status !== 'fail');
  if (ehr.signedIn && works) await server(run, ehr, write);
  else run.add([notSignedIn(ehr, ehr.signedIn !== undefined)]);
  run.add(await sinkChecks(ehr, metadata));
  if (context.issuer?.store) await store(run, ehr, write);
  return connectionReport({
    about: {
      iss: context.base,
      at: context.timestamp(),
      appVersion: context.appVersion,
      origin: context.origin,
      depth: run.wrote ? 'written' : ehr.signedIn ? 'signed-in' : 'open',
    },
    results: run.results,
    advice: run.advice,
    losses: context.issuer ? sinkLosses(context.issuer, run.lost) : [],
    stays: run.stays,
  });
}

/** Everything that needs a token, on one server. */
async function server(run: Run, context: CheckContext, write: boolean): Promise<void> {
  run.add(await searchChecks(context));
  const carriers = await carrierChecks(context);
  run.add(carriers.results);
  run.advice.push(...carriers.advice);
  if (!write) return;
  if (context.issuer && !writesObservations(context)) {
    const check = openCheck(context, 'write', 'write.create', 'Create');
    run.add([check.skipped('no answer goes here as an Observation')]);
    return;
  }
  const written = await writeChecks(context);
  run.add(written.results);
  run.advice.push(...written.advice);
  run.stays.push(...written.stays);
  run.lost[context.prefix === '' ? 'fhir-observation' : 'hospital-store'] = written.lost;
  run.wrote ||= written.results.some(({ status }) => status !== 'skipped');
}

async function store(run: Run, ehr: CheckContext, write: boolean): Promise<void> {
  const config = ehr.issuer?.store;
  if (!config) return;
  const context = storeContext(ehr, config);
  const metadata = await ask(context, 'metadata');
  run.add(await transportChecks(context, [metadata]));
  run.add(await corsChecks(context, undefined, metadata));
  run.add(capabilityChecks(context, metadata));
  const { result, signedIn } = await storePatient(ehr, context, config);
  run.add([result]);
  if (signedIn) await server(run, { ...context, signedIn }, write);
}

function notSignedIn(context: CheckContext, refused: boolean): CheckResult {
  const check = openCheck(context, 'search', 'search', 'Searches');
  return check.skipped(
    refused ? 'the token is not accepted' : 'nobody is signed in',
    context.eye === 'browser'
      ? 'Sign in, and run the check again.'
      : 'Bring a token with --token-file, or run the check in the app.',
  );
}

/** What a run has found so far. */
class Run {
  readonly results: CheckResult[] = [];
  readonly advice: ConfigAdvice[] = [];
  readonly stays: string[] = [];
  readonly lost: { -readonly [K in keyof SeenLosses]: SeenLosses[K] } = {};
  wrote = false;
  readonly #onResult: ((result: CheckResult) => void) | undefined;

  constructor(onResult: ((result: CheckResult) => void) | undefined) {
    this.#onResult = onResult;
  }

  add(results: readonly CheckResult[]): readonly CheckResult[] {
    this.results.push(...results);
    for (const result of results) this.#onResult?.(result);
    return results;
  }
}
