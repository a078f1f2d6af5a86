import { type FoundRows, foundRows } from '#src/domain/export/reconcile.ts';
import { completed } from '#src/domain/metrics/facts/complete.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { systemClock } from '#src/io/clock.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import type { Searched } from '#src/io/tables-in/each-page.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import { readConfigFile } from '../config-file.ts';
import { withBulkFolder } from './bulk/bulk-source.ts';
import { readFhirFolder } from './fhir-folder.ts';
import { readFhirServer } from './fhir-server.ts';
import type { SourceProblem } from './problems.ts';
import { withServerName } from './server-failure.ts';
import { readSiteTables } from './site-files.ts';
import type { SourceOptions } from './source-options.ts';
import { readTableFolder } from './table-folder.ts';
import { tokenFor } from './token.ts';
import { unknownThresholds } from './unknown-thresholds.ts';

export interface Source {
  readonly tables: Tables;
  /** What was left out and why, the most frequent first; for standard error. */
  readonly problems: readonly SourceProblem[];
  readonly from: SourceNote;
  /** What the site states: rules of its labels, time zones, what its models advise. */
  readonly site: SiteTables;
}

export interface SourceNote {
  readonly kind: 'tables' | 'folder' | 'server';
  /** The folder or address, as it was named. */
  readonly place: string;
  /** FHIR resources that were read; absent for flat tables. */
  readonly resources?: number;
  /** Rows as resources gave them; absent for flat tables. */
  readonly found?: FoundRows;
  /** What each search gave, where a server was searched. */
  readonly searched?: readonly Searched[];
  /** False where a cap, `--since` or a refusal left something unread: such counts must not be published. */
  readonly whole: boolean;
}

/**
 * The tables of a folder or a server, by the rules of the site. Progress goes to standard error. Throws
 * an Error whose message is for the user.
 */
export async function readSource(options: SourceOptions): Promise<Source> {
  const { asOf } = options;
  const site = await readSiteTables(options.settings, options.timeZone);
  const { from } = await withBulkFolder(options, site);
  if ('tables' in from) {
    const read = await readTableFolder(from.tables);
    const tables = completed(read, site.sites[0].timeZone);
    const note = { kind: 'tables', place: from.tables, whole: true } as const;
    return { tables, problems: [], site, from: note };
  }
  const { read, problems, ...told } = await readFhir(options, from, site);
  const note = { ...told, found: foundRows(read) };
  const tables = deriveTables(read, { ...site, ...(asOf !== undefined && { asOf }) });
  for (const words of unknownThresholds(tables)) problems.add(told.place, words);
  return { tables, problems: problems.all(), site, from: note };
}

type FhirPlace = Exclude<SourceOptions['from'], { readonly tables: string }>;

async function readFhir(options: SourceOptions, from: FhirPlace, site: SiteTables) {
  const config = options.config === undefined ? undefined : await readConfigFile(options.config);
  const tell = (words: string) => process.stderr.write(`${words}\n`);
  if ('folder' in from) {
    const { server, whole = true, problems = [], searched } = from.exported ?? {};
    const context = contextOf(server, config, site);
    const found = await readFhirFolder(from.folder, context, (n) => tell(`${n} resources read`));
    for (const { place, message } of problems) found.problems.add(place, message);
    const kind = server === undefined ? 'folder' : 'server';
    const place = server ?? from.folder;
    return { ...found, kind, place, whole, ...(searched && { searched }) } as const;
  }
  const reader = {
    baseUrl: from.server,
    token: tokenFor(from.server, from.server),
    fetch: globalThis.fetch,
    clock: systemClock,
  };
  const context = contextOf(from.server, config, site);
  return {
    ...(await withServerName(from.server, () => readFhirServer(reader, context, options, tell))),
    kind: 'server',
    place: from.server,
  } as const;
}
