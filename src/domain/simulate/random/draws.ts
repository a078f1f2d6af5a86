import type { Stream } from './stream.ts';

/** Lowest and highest value of something that the seed draws, uniformly. */
export type Range = readonly [low: number, high: number];

export const within = (stream: Stream, [low, high]: Range): number =>
  low + (high - low) * stream.next();

/** Whole number in the range, both ends included. */
export const wholeWithin = (stream: Stream, [low, high]: Range): number =>
  low + Math.floor((high - low + 1) * stream.next());

export const chance = (stream: Stream, p: number): boolean => stream.next() < p;

/** Standard normal, by Box and Muller 1958. Always two draws. */
export function normal(stream: Stream): number {
  const radius = Math.sqrt(-2 * Math.log(stream.next()));
  return radius * Math.cos(2 * Math.PI * stream.next());
}

/** @param spread standard deviation of the logarithm. */
export const logNormal = (stream: Stream, median: number, spread: number): number =>
  median * Math.exp(spread * normal(stream));

const LARGE_MEAN = 60;

/** Knuth's product for small means, in halves above that: exact, and its own stream holds its many draws. */
export function poisson(stream: Stream, mean: number): number {
  if (mean > LARGE_MEAN) return poisson(stream, mean / 2) + poisson(stream, mean / 2);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = stream.next(); product > limit; product *= stream.next()) count++;
  return count;
}

/** Index of the weight that the draw falls on. @param ends running sums; the last one is the whole. */
export function pickIndex(stream: Stream, ends: readonly number[]): number {
  const at = stream.next() * (ends.at(-1) ?? 0);
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at < (ends[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function runningSums(weights: readonly number[]): readonly number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** One of them, all alike. Throws where there is none. */
export function pickOne<T>(stream: Stream, items: readonly T[]): T {
  const item = items[Math.floor(stream.next() * items.length)];
  if (item === undefined) throw new RangeError('Nothing to pick from.');
  return item;
}

/** So many of them, without repetition, in their own order. */
export function pickSome<T>(stream: Stream, items: readonly T[], count: number): readonly T[] {
  const order = items
    .map((_, index) => ({ index, at: stream.next() }))
    .toSorted((a, b) => a.at - b.at);
  const chosen = new Set(order.slice(0, count).map(({ index }) => index));
  return items.filter((_, index) => chosen.has(index));
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (word: number, shift: number): string => HEX[(word >>> shift) & 0xff] ?? '';

/** `urn:uuid:` of version 4, as the app makes it when an answer is given. */
export function uuid(stream: Stream): string {
  const [a, b, c, d] = [stream.word(), stream.word(), stream.word(), stream.word()];
  const version = (b & 0x0fff) | 0x4000;
  const variant = (c & 0x3fffffff) | 0x80000000;
  return `urn:uuid:${hex(a, 24)}${hex(a, 16)}${hex(a, 8)}${hex(a, 0)}-${hex(b, 24)}${hex(b, 16)}-${hex(version, 8)}${hex(version, 0)}-${hex(variant, 24)}${hex(variant, 16)}-${hex(c, 8)}${hex(c, 0)}${hex(d, 24)}${hex(d, 16)}${hex(d, 8)}${hex(d, 0)}`;
}
