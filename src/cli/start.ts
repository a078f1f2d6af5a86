import { readFile } from 'node:fs/promises';
import { EXIT, UsageError } from './command.ts';
import { readOptions } from './options.ts';
import { startStage } from './stage.ts';
import type { StageOptions } from './stage-options.ts';
import { startSandbox } from './stage-sandbox.ts';
import { vendorStage } from './stage-vendors.ts';

const HELP = `npm start -- [OPTIONS]       the sandbox EHR with the app in it
npm run sandbox -- [OPTIONS] the sandbox server alone: EHR page, SMART and FHIR

  --port N         port of the sandbox (default 4004); the app takes the next one
  --scenario NAME  hospital: the ward, and half a year behind it (default); ward; or minimal.
                   With a store, and with npm run sandbox, ward is the default
  --seed N         another hospital of the same shape (default 1)
  --vendor NAME    strict (default), epic, oracle or lossy: how the server behaves. epic and
                   oracle come with a hospital store and the sinks that they need
  --store AUTH     a hospital store beside the EHR: ehr-token (it takes the EHR's tokens) or
                   smart (a sign-in of its own). Not with npm run sandbox
  --faults FILE    JSON list of faults that it meets from the start (mocks/faults.ts)
  --app ORIGIN     sandbox alone: where the app is served (default http://localhost:4005)
  --data DIR       keep what is written, as NDJSON per type, across restarts
`;

// Built files under real headers, so that what is tried here is what would be deployed.
async function main(argv: readonly string[]): Promise<number | undefined> {
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  const options = readStartOptions(argv);
  const close = options['sandbox-only']
    ? await sandboxAlone(await stageOptions(options), options.app)
    : await wholeStage(await stageOptions(options));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().then(() => process.exit(EXIT.done)));
  return undefined;
}

async function wholeStage(options: StageOptions) {
  const stage = await startStage(options);
  const store = stage.store ? `\n  Store (FHIR)  ${stage.store.fhirUrl}` : '';
  const pages = `Dashboard     ${stage.dashboardUrl}\n  Governance    ${stage.appUrl}governance/`;
  say(`Sandbox EHR   ${stage.ehrUrl}\n  ${pages}${store}`, [
    'Pick a clinician, open a patient: the app starts in the side panel.',
    'Every patient here is synthetic. Ctrl-C ends it.',
  ]);
  void stage.published?.then(sayPublished);
  return stage.close;
}

/** What is in the dashboard, and what it takes of this machine. */
function sayPublished(done: { readonly reports: number; readonly decisions: number } | undefined) {
  if (done === undefined) return;
  const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const seconds = Math.round(process.uptime());
  const answers = done.decisions.toLocaleString('en');
  process.stdout.write(
    `  The dashboard has half a year: ${answers} answers in ${done.reports} reports (after ${seconds} s, ${megabytes} MB of memory).\n\n`,
  );
}

async function sandboxAlone(options: StageOptions, app: string) {
  const sandbox = await startSandbox(options, [app]);
  say(`Sandbox EHR   ${sandbox.url}/\n  FHIR          ${sandbox.url}/fhir`, [
    `The app is expected at ${app} (--app). Every patient here is synthetic. Ctrl-C ends it.`,
  ]);
  return sandbox.close;
}

const say = (where: string, lines: readonly string[]) =>
  process.stdout.write(`\n  ${where}\n\n${lines.map((line) => `  ${line}\n`).join('')}\n`);

function readStartOptions(argv: readonly string[]) {
  return readOptions(argv, {
    port: { type: 'string', default: '4004' },
    scenario: { type: 'string' },
    seed: { type: 'string', default: '1' },
    vendor: { type: 'string', default: 'strict' },
    store: { type: 'string' },
    faults: { type: 'string' },
    data: { type: 'string' },
    app: { type: 'string', default: 'http://localhost:4005' },
    'sandbox-only': { type: 'boolean', default: false },
  });
}

async function stageOptions(options: ReturnType<typeof readStartOptions>): Promise<StageOptions> {
  const vendor = await vendorStage(options.vendor);
  // The past is in one server; which of two it would be in, an answer's sinks decide.
  const beside = options.store !== undefined || vendor.store !== undefined;
  return {
    port: whole(options.port, '--port'),
    seed: whole(options.seed, '--seed'),
    ...vendor,
    ...(options.store && { store: { auth: storeAuth(options.store) } }),
    scenario: options.scenario ?? (beside || options['sandbox-only'] ? 'ward' : 'hospital'),
    ...(options.faults && { faults: await readFaults(options.faults) }),
    ...(options.data && { dataDir: options.data }),
  };
}

function storeAuth(text: string): 'ehr-token' | 'smart' {
  if (text === 'ehr-token' || text === 'smart') return text;
  throw new UsageError('--store takes ehr-token or smart.');
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new UsageError(`${name} takes a whole number.`);
  return value;
}

async function readFaults(path: string): Promise<readonly unknown[]> {
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(parsed)) throw new UsageError(`${path} must be a JSON list of faults.`);
  return parsed;
}

try {
  const code = await main(process.argv.slice(2));
  if (code !== undefined) process.exitCode = code;
} catch (cause) {
  const busy = (cause as { code?: string }).code === 'EADDRINUSE';
  const message = cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(
    busy ? 'That port is taken. Choose another with --port.\n' : `${message}\n\n${HELP}`,
  );
  process.exitCode = cause instanceof UsageError ? EXIT.usage : EXIT.failed;
}
