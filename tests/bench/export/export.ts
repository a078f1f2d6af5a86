import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Section } from '../section.ts';
import { makeData } from './data.ts';

interface Measured {
  readonly job: Job;
  readonly startMs: number;
  readonly ms: number;
  /** Of all threads: what another program on the machine takes away is not in it. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

interface Sized {
  readonly decisions: number;
  readonly mb: number;
  readonly lines: number;
  readonly measured: readonly Measured[];
}

const JOBS = {
  floor: '(a) DuckDB, the same files into 8 columns',
  parse: '(b) JSON.parse of every line',
  jq: '(c) jq, five columns',
  decisions: 'decisions complete as CSV',
  csv: 'all tables as CSV',
  parquet: 'all tables as Parquet',
  aggregates: 'all aggregates of src/sql/aggregates',
} as const;
type Job = keyof typeof JOBS;

const hasJq = (): boolean => spawnSync('jq', ['--version']).status === 0;

function measure(job: Job, folder: string, out: string): Measured {
  const script = new URL('./job.ts', import.meta.url).pathname;
  const said = execFileSync(process.execPath, [script, job, folder, out], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { job, ...JSON.parse(said) };
}

/** Of what takes minutes each, and fills the disk with results, only what decides. */
const BIG: readonly Job[] = ['floor', 'jq', 'decisions'];
const isBig = (decisions: number): boolean => decisions > 100_000;
const RUNS = (decisions: number): number => (decisions < 100_000 ? 3 : 1);

function median(job: Job, folder: string, out: string, runs: number): Measured {
  const all = Array.from({ length: runs }, () => measure(job, folder, out));
  const [middle] = all.toSorted((a, b) => a.ms - b.ms).slice(Math.floor(runs / 2));
  if (middle === undefined) throw new RangeError('Nothing was measured.');
  return { ...middle, peakMb: Math.max(...all.map(({ peakMb }) => peakMb)) };
}

function bytesAndLines(folder: string): { mb: number; lines: number } {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const counted = execFileSync('wc', ['-l', ...files], { encoding: 'utf8' });
  const lines = Number(/(\d+)\s+(?:total|\S+)\s*$/.exec(counted)?.[1]);
  return { mb: bytes / 1e6, lines };
}

async function sized(decisions: number): Promise<Sized> {
  const place = mkdtempSync(join(tmpdir(), 'bench-export-'));
  try {
    const folder = join(place, 'data');
    await makeData(folder, decisions);
    const all: readonly Job[] = [
      ...(['floor', 'parse', 'jq', 'decisions', 'csv', 'parquet', 'aggregates'] as const),
    ];
    const wanted = (isBig(decisions) ? BIG : all).filter((job) => job !== 'jq' || hasJq());
    const measured = wanted.map((job) => median(job, folder, join(place, 'out'), RUNS(decisions)));
    return { decisions, ...bytesAndLines(join(folder, 'fhir')), measured };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const YARDSTICKS = ['floor', 'parse', 'jq'] as const;

function report({ decisions, mb, lines, measured }: Sized): string {
  const ratio = (one: Measured, to: Job, of: 'ms' | 'cpuMs') => {
    const other = measured.find(({ job }) => job === to);
    return (other === undefined ? '–' : `${(one[of] / other[of]).toFixed(2)} ×`).padStart(8);
  };
  const rows = measured.map((one) => {
    const seconds = one.ms / 1_000;
    return [
      JOBS[one.job].padEnd(44),
      `${seconds.toFixed(1)} s`.padStart(9),
      `${(one.cpuMs / 1_000).toFixed(1)} s cpu`.padStart(11),
      `${Math.round(lines / seconds)} lines/s`.padStart(17),
      `${Math.round(mb / seconds)} MB/s`.padStart(10),
      `${((one.ms * 1_000) / decisions).toFixed(0)} µs/answer`.padStart(14),
      `${Math.round(one.peakMb)} MB peak`.padStart(13),
      `start ${(one.startMs / 1_000).toFixed(1)} s`.padStart(12),
      ...YARDSTICKS.map((to) => ratio(one, to, 'ms')),
      '| cpu',
      ...YARDSTICKS.map((to) => ratio(one, to, 'cpuMs')),
    ].join(' ');
  });
  const head = `${decisions} decisions: ${lines} resources, ${Math.round(mb)} MB of FHIR; load ${loadavg()[0]?.toFixed(1)}; ${RUNS(decisions) === 1 ? 'one run of each' : `${RUNS(decisions)} runs, the median`}; ratios to (a), (b), (c)`;
  return [head, ...rows, ''].join('\n');
}

/**
 * From FHIR NDJSON to tables, files and counts, beside what reading the same bytes costs at least.
 * @param quick 10⁴ instead of 10⁵. @param full 10⁶ too, of copies (`data.ts`): 25 GB of disk, half an hour.
 */
export async function benchExport(
  quick: boolean,
  full: boolean,
): Promise<Section<readonly Sized[]>> {
  const sizes = [quick ? 10_000 : 100_000, ...(full ? [1_000_000] : [])];
  const result = [];
  for (const decisions of sizes) result.push(await sized(decisions));
  return { result, text: result.map(report).join('\n') };
}
