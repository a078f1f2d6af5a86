import type { ParseArgsOptionsConfig } from 'node:util';
import type { Searched } from '#src/io/tables-in/each-page.ts';
import { UsageError } from '../command.ts';
import {
  BULK_ARGUMENTS,
  BULK_HELP,
  type BulkArguments,
  type BulkOptions,
  readBulkOptions,
} from './bulk/bulk-options.ts';
import type { SourceProblem } from './problems.ts';

/** Where rows come from, and by which rules they are read. */
export interface SourceOptions {
  readonly from:
    | { readonly tables: string }
    | {
        readonly folder: string;
        /** The server that a bulk export came from, and what is known of the export. */
        readonly exported?: ExportedFrom;
      }
    | { readonly server: string; readonly bulk?: BulkOptions };
  /** Files: `--settings` (sites, models, outcome rules) and `--config` (the app's own `config.json`). */
  readonly settings: string | undefined;
  readonly config: string | undefined;
  /** IANA zone by which weeks are cut where no settings name a site. */
  readonly timeZone: string;
  /** ISO 8601: only what a server stored since then. */
  readonly since: string | undefined;
  /** Most resources of one type that a server is asked for. */
  readonly cap: number;
  /** Epoch ms: what the servers stored later is not known yet. */
  readonly asOf?: number;
}

export interface ExportedFrom {
  readonly server: string;
  readonly whole: boolean;
  readonly problems: readonly SourceProblem[];
  /** What each search gave, where the server was searched. */
  readonly searched?: readonly Searched[];
}

/** For `parseArgs`, beside a command's own. */
export const SOURCE_ARGUMENTS = {
  tables: { type: 'string' },
  from: { type: 'string' },
  settings: { type: 'string' },
  config: { type: 'string' },
  'time-zone': { type: 'string', default: 'UTC' },
  since: { type: 'string' },
  'as-of': { type: 'string' },
  cap: { type: 'string', default: '500000' },
  ...BULK_ARGUMENTS,
} as const satisfies ParseArgsOptionsConfig;

export interface SourceArguments extends BulkArguments {
  readonly tables?: string | undefined;
  readonly from?: string | undefined;
  readonly settings?: string | undefined;
  readonly config?: string | undefined;
  readonly 'time-zone': string;
  readonly since?: string | undefined;
  readonly 'as-of'?: string | undefined;
  readonly cap: string;
}

/** The same lines in every command's help. */
export const SOURCE_HELP = `  --from DIR|URL      folder of FHIR NDJSON (a Bulk Data export, the sandbox's --data), or a FHIR
                      server; its token from the environment, CLINICIAN_FEEDBACK_TOKEN
  --tables DIR        folder of flat tables instead: decisions.csv, .ndjson or .parquet, and so on;
                      what a table lacks is absent and says so
  --settings FILE     sites with their time zones, models, outcome rules: see docs/metrics.md
  --config FILE       the app's config.json: AI devices, scales of probabilities, sinks
  --time-zone ZONE    IANA zone by which weeks are cut without --settings (default UTC)
  --since TIME        of a server, only what was stored since then
  --as-of TIME        what was stored later is not known yet
  --cap N             of a server, at most so many resources of a type (default 500000)
${BULK_HELP}`;

const ADDRESS = /^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/;

/** Throws `UsageError`. */
export function readSourceOptions(given: SourceArguments): SourceOptions {
  const from = withBulk(fromOf(given), given);
  if (given.since !== undefined && !('server' in from))
    throw new UsageError('--since is for a server: --from URL.');
  const asOf = given['as-of'];
  if (asOf !== undefined && 'tables' in from)
    throw new UsageError('--as-of is for FHIR: flat tables do not say when a row was stored.');
  return {
    from,
    settings: given.settings,
    config: given.config,
    timeZone: zone(given['time-zone']),
    since: given.since === undefined ? undefined : instant(given.since, '--since'),
    ...(asOf !== undefined && { asOf: Date.parse(instant(asOf, '--as-of')) }),
    cap: whole(given.cap),
  };
}

function fromOf({ tables, from }: SourceArguments): SourceOptions['from'] {
  if (tables !== undefined && from !== undefined)
    throw new UsageError('Give either --from or --tables.');
  if (tables !== undefined) return { tables };
  if (from === undefined) throw new UsageError('Give --from DIR, --from URL or --tables DIR.');
  if (!/^https?:/i.test(from)) return { folder: from };
  if (!URL.canParse(from) || !ADDRESS.test(from))
    throw new UsageError(
      '--from takes an address that begins with https:// (http only on this machine).',
    );
  return { server: from };
}

/** Throws `UsageError` where bulk is asked of something else than a server. */
function withBulk(
  from: SourceOptions['from'],
  given: BulkArguments & { readonly since?: string | undefined },
) {
  const bulk = readBulkOptions(given);
  if (!bulk) return from;
  if (!('server' in from))
    throw new UsageError('--bulk, --download and --resume are for a server: --from URL.');
  if (bulk.resume && given.since !== undefined)
    throw new UsageError('--resume goes on as it began: leave --since out.');
  return { ...from, bulk };
}

function instant(text: string, option: string): string {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text))
    throw new UsageError(
      `${option} takes a day or a time with its offset, as 2026-03-02T08:00:00Z.`,
    );
  return text;
}

function whole(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new UsageError('--cap takes a whole number above 0.');
  return value;
}

/** Throws `UsageError` where the engine knows no such zone. */
export function zone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    throw new UsageError('--time-zone takes a name such as Europe/Berlin.');
  }
  return text;
}
