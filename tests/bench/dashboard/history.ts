import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FhirResource } from 'fhir/r4';
import { pastAnswer } from '#mocks/scenarios/hospital/feedback.ts';
import { type Aggregates, aggregate, mergeAggregates } from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import { toMeasureReports } from '#src/fhir/measure-report/to-measure-reports.ts';
import { toSignalsLibrary } from '#src/fhir/published-signals.fhir.ts';

/** A year: more than the dashboard opens with. */
const WEEKS = 52;
const WEEK_MS = 7 * 86_400_000;
/** Answers for each recommendation of an ordinary week, with something to spare. */
const ANSWERED = 0.7;
const CACHE = fileURLToPath(new URL('../../../coverage/bench', import.meta.url));

export interface BenchHistory {
  readonly folder: string;
  readonly decisions: number;
  readonly bytes: number;
  /** How long it took to make, when it was made. */
  readonly seconds: number;
  /** ISO 8601: what the counts know of. */
  readonly asOf: string;
}

/**
 * A year of a hospital with so many answers: each as one line of `Observation.ndjson`, and what publishing
 * counts of exactly these in `published.ndjson`. Made once for a size and a week, and kept.
 */
export async function benchHistory(decisions: number, now: number): Promise<BenchHistory> {
  const monday = now - (now % 86_400_000) - ((new Date(now).getUTCDay() + 6) % 7) * 86_400_000;
  const start = new Date(monday - WEEKS * WEEK_MS).toISOString().slice(0, 10);
  const folder = join(CACHE, `dashboard-${decisions}-${start}`);
  const note = join(folder, 'history.json');
  if (existsSync(note)) return JSON.parse(await readFile(note, 'utf8')) as BenchHistory;
  const began = performance.now();
  await mkdir(folder, { recursive: true });
  const file = createWriteStream(join(folder, 'Observation.part'));
  const perWeek = Math.ceil(decisions / WEEKS / ANSWERED);
  const made = simulate({ scenario: 'hospital', seed: 1, weeks: WEEKS, perWeek, start });
  let counts: Aggregates = new Map();
  let rows = 0;
  let bytes = 0;
  for (const { week, tables } of made.weeks()) {
    for (const row of tables.decisions ?? []) {
      // The row is the id, so that no index of a million words is needed to find one.
      const line = `${JSON.stringify({ ...pastAnswer(row), id: `r${rows}` })}\n`;
      rows += 1;
      bytes += Buffer.byteLength(line);
      if (!file.write(line)) await once(file, 'drain');
    }
    const views = PUBLISHED_VIEWS.filter(({ metric }) => metric !== 'appropriateness');
    counts = mergeAggregates(counts, aggregate(factsOf(tables), views));
    process.stderr.write(`\r${week}: ${rows.toLocaleString('en')} answers`);
  }
  process.stderr.write('\n');
  file.end();
  await once(file, 'finish');
  const asOf = new Date(monday).toISOString();
  await writeFile(join(folder, 'published.ndjson'), published(counts, asOf));
  await rename(join(folder, 'Observation.part'), join(folder, 'Observation.ndjson'));
  const seconds = Math.round((performance.now() - began) / 1_000);
  const history = { folder, decisions: rows, bytes, seconds, asOf };
  await writeFile(note, JSON.stringify(history));
  return history;
}

function published(counts: Aggregates, asOf: string): string {
  const signals = monitor(counts, { asOf: asOf.slice(0, 10) });
  const views = PUBLISHED_VIEWS.filter(({ name }) => counts.has(name));
  const all: readonly FhirResource[] = [
    ...toMeasureReports(counts, { views, asOf }),
    toSignalsLibrary({ asOf, signals }),
  ];
  return all.map((one, at) => `${JSON.stringify({ ...one, id: `published-${at}` })}\n`).join('');
}
