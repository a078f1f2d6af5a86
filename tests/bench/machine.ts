import { cpus, totalmem } from 'node:os';

/** What a number means nothing without. */
export function machine(browserVersion: string) {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    chromium: browserVersion,
    at: new Date().toISOString(),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return sorted.length % 2 === 0 ? (low + high) / 2 : high;
}

/** Between these lies the middle half of the runs. */
export function quartiles(values: readonly number[]): readonly [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length < 4
    ? [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN]
    : [median(sorted.slice(0, half)), median(sorted.slice(-half))];
}
