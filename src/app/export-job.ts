import { textCells } from '#src/domain/export/csv-text.ts';
import { type FoundRows, foundRows } from '#src/domain/export/reconcile.ts';
import { type Span, tablesInPeriod } from '#src/domain/export/tables-in-period.ts';
import { removals } from '#src/domain/privacy/removals.ts';
import { type Surrogates, surrogates } from '#src/domain/privacy/surrogates.ts';
import type { Words } from '#src/domain/privacy/words.ts';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { periodSearches } from '#src/fhir/tables/period-searches.ts';
import type { BulkReader } from '#src/io/bulk/search-pages.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import { readServer, type ServerRead } from '#src/io/tables-in/read-server.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import { protection } from '#src/io/tables-out/protection.ts';
import { randomNames } from '#src/io/tables-out/random-names.ts';
import { type RowSource, rowsInMemory } from '#src/io/tables-out/row-source.ts';
import { siteWords } from '#src/io/tables-out/site-words.ts';
import { writePackage } from '#src/io/tables-out/write-package.ts';
import { zipTarget } from '#src/io/tables-out/zip-target.ts';
import type {
  Counted,
  ExportChoice,
  TablePreview,
  WrittenPackage,
} from '#src/state/export-deps.ts';
import { warningsOf } from './export-warnings.ts';

/** What a job must be told: nothing of it holds a token. */
export interface ExportPlace {
  readonly server: string;
  readonly config: SiteConfig;
  readonly timeZone: string;
  readonly appVersion: string;
  /** ISO 8601. */
  readonly writtenAt: string;
}

/** Resources of one search: some more than displays and answers of as many decisions as may be. */
const MOST_RESOURCES = 400_000;
const PREVIEW_ROWS = 20;

/** Rows that were read, with the random names that the preview has already shown. */
export interface CountedRows {
  readonly counted: Counted;
  readonly source: RowSource;
  readonly names: Surrogates;
  readonly words: Words;
  readonly read: Pick<ServerRead, 'resources' | 'problems' | 'gaps' | 'searched'> & {
    readonly found: FoundRows;
  };
}

/** Reads the server and counts. Throws `FhirError`. @param span of `choice`, on the reader's calendar */
export async function countRows(
  reader: BulkReader,
  place: ExportPlace,
  choice: ExportChoice,
  span: Span,
  progress: (words: string) => void,
): Promise<CountedRows> {
  const { server, config } = place;
  const site = siteOf(place, choice);
  const context = contextOf(server, config, site);
  const found = await readServer(reader, context, {
    searches: periodSearches(context, span.from, span.until),
    cap: MOST_RESOURCES,
    progress: (type, count) => progress(`Reading ${type}: ${count.toLocaleString('en')}`),
  });
  progress('Counting …');
  const all = deriveTables(found.read, site);
  const { tables, undated } = tablesInPeriod(all, span);
  const source = rowsInMemory(tables);
  const names = surrogates(randomNames());
  const words = siteWords(site, config);
  const { profile, freeText } = choice;
  const previews = await previewsOf(source, { profile, freeText, surrogates: names, words });
  const warnings = warningsOf({ ...found, undated, choice, server, previews });
  const { resources, problems, gaps, searched } = found;
  const read = { resources, problems, gaps, searched, found: foundRows(found.read) };
  return { counted: { tables: previews, warnings }, source, names, words, read };
}

/** What the chosen file states; without one, a single site on this device's calendar. */
const siteOf = (
  { config, timeZone }: ExportPlace,
  { settings }: ExportChoice,
): Pick<SiteTables, 'sites' | 'models' | 'negatives' | 'outcomes'> =>
  settings?.tables ?? {
    sites: [{ site: config.siteName, timeZone }],
    ...{ models: [], negatives: [], outcomes: [] },
  };

type Protecting = Parameters<typeof protection>[1];

async function previewsOf(source: RowSource, how: Protecting): Promise<readonly TablePreview[]> {
  const protect = await protection(source, how, removals());
  const previews: TablePreview[] = [];
  for (const one of source.tables) {
    const { table, row } = protect(one);
    const cells = textCells(table);
    const first: (string | null)[][] = [];
    let rows = 0;
    for await (const raw of source.rows(one.name)) {
      if (rows < PREVIEW_ROWS) first.push(cells(row(raw)).map(asText));
      rows += 1;
    }
    const columns = Object.keys(table.columns);
    previews.push({ name: table.name, grain: table.grain, rows, columns, first });
  }
  return previews;
}

const asText = (cell: unknown): string | null =>
  cell === null || cell === undefined ? null : String(cell);

/** Packs what was counted. Throws `RangeError` where it is too large for one file. */
export async function packRows(
  { source, names, words, read }: CountedRows,
  place: ExportPlace,
  choice: ExportChoice,
  progress: (words: string) => void,
): Promise<WrittenPackage> {
  const target = zipTarget();
  const { profile, freeText, formats, from, until } = choice;
  const tables = await writePackage(source, target, {
    ...{ profile, freeText, formats, surrogates: names, keyed: false, words },
    ...{ appVersion: place.appVersion, writtenAt: place.writtenAt },
    origin: {
      kind: 'server',
      place: place.server,
      query: { from, until },
      resources: read.resources,
      searched: read.searched,
      found: read.found,
      whole: read.gaps.every(({ why }) => why === 'unknown'),
      problems: [...Map.groupBy(read.problems, ({ message }) => message)].map(([message, all]) => ({
        ...{ place: place.server, message, times: all.length },
      })),
    },
    progress: (table, rows) => progress(`Writing ${table}: ${rows.toLocaleString('en')} rows`),
  });
  const { zip, files } = target.finish();
  const manifest = files.find(({ path }) => path === 'manifest.json');
  return {
    zip,
    files: files.length,
    rows: Object.fromEntries(tables.map(({ table, rows }) => [table.name, rows])),
    manifestSha256: manifest?.sha256 ?? '',
  };
}
