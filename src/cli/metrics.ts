import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { CATALOGUE, type Entry, missing } from '#src/domain/metrics/catalogue.ts';
import { type FactOptions, factsOf } from '#src/domain/metrics/facts/facts.ts';
import { edrees2020 } from '#src/domain/metrics/published/edrees-2020.ts';
import { wong2021 } from '#src/domain/metrics/published/wong-2021.ts';
import { DIMENSIONS, type Dimension } from '#src/domain/metrics/slices.ts';
import { CLOCK_TOLERANCE_MS } from '#src/domain/tables/derive/settings.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';
import { systemClock } from '#src/io/clock.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { labelsOf } from './metrics-labels.ts';
import { type MetricsOptions, PUBLISHED, readMetricsOptions } from './metrics-options.ts';
import { publish } from './metrics-publish.ts';
import { type MetricsReport, metricsAsJson, metricsAsText } from './metrics-text.ts';
import { ENGINE_HELP, type Engine } from './sources/engine.ts';
import { factOptions } from './sources/fact-options.ts';
import { problemsInWords, type SourceProblem } from './sources/problems.ts';
import { readSource, type Source } from './sources/read-source.ts';
import { SOURCE_HELP, type SourceOptions } from './sources/source-options.ts';

const HELP = `clinician-feedback metrics --from DIR|URL [OPTIONS]
clinician-feedback metrics --tables DIR [OPTIONS]
clinician-feedback metrics --from DIR|URL --publish URL|DIR
clinician-feedback metrics --published ${PUBLISHED.join('|')} [OPTIONS]

Adoption, reasons, response time, burden, variation, equity, outcome and drift.
Every share has its n, and an interval where one can be had: cluster-robust over clinicians, none
below ten of them. docs/metrics.md says what each figure says and does not say.

${SOURCE_HELP}${ENGINE_HELP}  --published STUDY   rows reconstructed from a published study instead
  --by A,B            one set of figures for each combination of:
                      ${Object.keys(DIMENSIONS).slice(0, 7).join(', ')},
                      ${Object.keys(DIMENSIONS).slice(7).join(', ')}
  --only A,B          only these metrics: see the headings of the output
  --window-hours N    an answer counts within so many hours of the first display (default 24)
  --publish URL|DIR   write the counts that dashboard and monitors read, as MeasureReports: to a FHIR
                      server, only those that changed, or as NDJSON into a folder
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
  summary: 'adoption and its companions, with n, intervals and slices; and their publication',
  help: HELP,
  async run(argv) {
    const options = readMetricsOptions(argv);
    const text = options.publish
      ? await published(options, options.publish)
      : await figures(options);
    if (options.out) await writeFile(options.out, text);
    else process.stdout.write(text);
    return EXIT.done;
  },
};

async function figures(options: MetricsOptions): Promise<string> {
  const report = reportOf(await rowsOf(options), options);
  return options.json ? metricsAsJson(report) : metricsAsText(report);
}

async function published(
  { rows: options, engine }: MetricsOptions,
  target: string,
): Promise<string> {
  if ('published' in options) throw new UsageError('A study is not published.');
  // Two well-kept clocks differ by less; what was stored since then is for the next time.
  const asOf = options.asOf ?? systemClock.now() - CLOCK_TOLERANCE_MS;
  const { tables, problems, site, from } = await readTables({ ...options, asOf }, engine);
  tellProblems(problems);
  if (!from.whole) throw new Error('Not everything was read; nothing is published of a part.');
  const reporter = options.settings && site.sites.map((one) => one.site).join(', ');
  const rows = {
    tables,
    facts: factOptions(site),
    rules: site.outcomes,
    targets: site.targets,
    asOf,
    source: from.place,
  };
  const named = reporter ? { ...rows, reporter } : rows;
  return (await publish(named, target)).map((line) => `${line}\n`).join('');
}

function tellProblems(problems: readonly SourceProblem[]): void {
  const lines = problemsInWords(problems).map((line) => `${line}\n`);
  process.stderr.write(lines.join(''));
}

/** The engine makes the tables, and TypeScript counts them. */
async function readTables(options: SourceOptions, engine: Engine): Promise<Source> {
  if (engine === 'typescript') return readSource(options);
  const { engineSource, tablesOf } = await import('./duckdb/engine-source.ts');
  const { rows, close, problems, from, site } = await engineSource(options, tmpdir());
  try {
    return { tables: await tablesOf(rows), problems, from, site };
  } finally {
    await close();
  }
}

/** Rows, and what must be known to count and to judge them. */
interface Rows {
  readonly tables: Tables;
  readonly facts: FactOptions;
  readonly note?: string;
  readonly rules: readonly OutcomeRule[];
}

async function rowsOf({ rows: options, engine }: MetricsOptions): Promise<Rows> {
  if ('published' in options) {
    const { tables, note } = STUDIES[options.published];
    return { tables: tables(), facts: { timeZone: options.timeZone }, note, rules: [] };
  }
  const { tables, problems, site } = await readTables(options, engine);
  tellProblems(problems);
  return { tables, facts: factOptions(site), rules: site.outcomes };
}

function reportOf({ tables, note, rules, ...rows }: Rows, options: MetricsOptions): MetricsReport {
  const { by, only, windowMs } = options;
  const facts = factsOf(tables, { ...rows.facts, windowMs });
  const wanted = CATALOGUE.filter(({ name }) => only.length === 0 || only.includes(name));
  const present = wanted.filter((entry) => missing(entry, tables).length === 0);
  return {
    by,
    windowHours: windowMs / 3_600_000,
    ...(note !== undefined && { note }),
    labels: labelsOf(tables, rules),
    metrics: present.map((entry) => ({ name: entry.name, slices: slicesOf(entry, by) })),
    absent: wanted
      .filter((entry) => !present.includes(entry))
      .map((entry) => ({ name: entry.name, missing: missing(entry, tables) })),
  };

  function slicesOf(entry: Entry, dimensions: readonly Dimension[]) {
    return entry.figures(entry.count(facts, dimensions), dimensions, tables.changes);
  }
}
