import { writeFile } from 'node:fs/promises';
import { CATALOGUE, type Entry, missing } from '#src/domain/metrics/catalogue.ts';
import { completed } from '#src/domain/metrics/facts/complete.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { edrees2020 } from '#src/domain/metrics/published/edrees-2020.ts';
import { wong2021 } from '#src/domain/metrics/published/wong-2021.ts';
import { DIMENSIONS, type Dimension } from '#src/domain/metrics/slices.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { type Command, EXIT } from './command.ts';
import { type MetricsOptions, PUBLISHED, readMetricsOptions } from './metrics-options.ts';
import { readTables } from './metrics-tables.ts';
import { type MetricsReport, metricsAsJson, metricsAsText } from './metrics-text.ts';

const HELP = `clinician-feedback metrics --tables DIR [OPTIONS]
clinician-feedback metrics --published ${PUBLISHED.join('|')} [OPTIONS]

Adoption, reasons, response time, burden, variation, equity, outcome and drift, from flat tables.
Every share has its n, and an interval where one can be had: cluster-robust over clinicians, none
below ten of them. docs/metrics.md says what each figure says and does not say.

  --tables DIR        folder with decisions.csv or decisions.ndjson, exposures.csv, and so on;
                      a metric whose table is not there is absent and says which
  --published STUDY   rows reconstructed from a published study instead
  --by A,B            one set of figures for each combination of:
                      ${Object.keys(DIMENSIONS).slice(0, 7).join(', ')},
                      ${Object.keys(DIMENSIONS).slice(7).join(', ')}
  --only A,B          only these metrics: see the headings of the output
  --window-hours N    an answer counts within so many hours of the first display (default 24)
  --time-zone ZONE    IANA zone by which weeks are cut, where the tables have none (default UTC)
  --json              print JSON instead of text
  --out FILE          write to FILE what would be printed
`;

interface Study {
  readonly tables: () => Tables;
  /** What the rows stand for and what they cannot say; printed with every use. */
  readonly note: string;
}

const STUDIES: Readonly<Record<(typeof PUBLISHED)[number], Study>> = {
  'wong-2021': {
    tables: () => wong2021(),
    note: 'Rows reconstructed from Wong et al. 2021, JAMA Intern Med 181:1065, score of 6 or more. The model ran silently: there are no decisions. Times are not published, so only the encounter can be judged.',
  },
  'edrees-2020': {
    tables: () => edrees2020(),
    note: 'Rows reconstructed from Edrees et al. 2020, JAMIA 27:893; risk-band is the severity. Clinicians are not published, hence no interval over them; nor is the severity of the overrides that did harm, so harm must not be cut by it.',
  },
};

export const metricsCommand: Command = {
  name: 'metrics',
  summary: 'adoption and its companions from flat tables, with n, intervals and slices',
  help: HELP,
  async run(argv) {
    const options = readMetricsOptions(argv);
    const report = { ...reportOf(await tablesOf(options), options), ...noteOf(options) };
    const text = options.json ? metricsAsJson(report) : metricsAsText(report);
    if (options.out) await writeFile(options.out, text);
    else process.stdout.write(text);
    return EXIT.done;
  },
};

async function tablesOf({ from, timeZone }: MetricsOptions): Promise<Tables> {
  if ('published' in from) return STUDIES[from.published].tables();
  return completed(await readTables(from.folder), timeZone);
}

const noteOf = ({ from }: MetricsOptions): Pick<MetricsReport, 'note'> =>
  'published' in from ? { note: STUDIES[from.published].note } : {};

function reportOf(tables: Tables, { by, only, windowMs, timeZone }: MetricsOptions): MetricsReport {
  const facts = factsOf(tables, { windowMs, timeZone });
  const wanted = CATALOGUE.filter(({ name }) => only.length === 0 || only.includes(name));
  const present = wanted.filter((entry) => missing(entry, tables).length === 0);
  return {
    by,
    windowHours: windowMs / 3_600_000,
    metrics: present.map((entry) => ({ name: entry.name, slices: slicesOf(entry, by) })),
    absent: wanted
      .filter((entry) => !present.includes(entry))
      .map((entry) => ({ name: entry.name, missing: missing(entry, tables) })),
  };

  function slicesOf(entry: Entry, dimensions: readonly Dimension[]) {
    return entry.figures(entry.count(facts, dimensions), dimensions, tables.changes);
  }
}
