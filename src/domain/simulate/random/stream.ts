const GOLDEN = 0x9e3779b9;
const UNIT = 2 ** -32;

/** The finaliser of MurmurHash3 (Appleby 2008), as SplitMix32 uses it: every input bit reaches every output bit. */
export function mix32(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** FNV-1a, so that a stream can be named by what it is for. */
function hash(name: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  return h | 0;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/**
 * Random numbers: xoshiro128** 1.1 (Blackman and Vigna 2021, ACM TOMS 47:36; prng.di.unimi.it), seeded as
 * its authors advise by another generator. A stream splits by a label: its children depend on its key alone
 * and not on what was drawn from it, so that one more draw here shifts nothing there.
 */
export class Stream {
  private readonly high: number;
  private readonly low: number;
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(high: number, low: number) {
    this.high = high;
    this.low = low;
    this.a = mix32(high + GOLDEN);
    this.b = mix32(low + 2 * GOLDEN);
    this.c = mix32((high ^ rotate(low, 16)) + 3 * GOLDEN);
    this.d = mix32((low ^ rotate(high, 7)) + 4 * GOLDEN);
    // All zeros is the one state that it never leaves.
    if ((this.a | this.b | this.c | this.d) === 0) this.a = 1;
  }

  static ofSeed(seed: number): Stream {
    const high = mix32(Math.floor(seed * UNIT) + GOLDEN);
    return new Stream(high, mix32(seed ^ high));
  }

  /** The generator in a given state, as its reference values are stated. */
  static ofState(a: number, b: number, c: number, d: number): Stream {
    const stream = new Stream(0, 0);
    stream.a = a;
    stream.b = b;
    stream.c = c;
    stream.d = d;
    return stream;
  }

  /** An independent stream; the same label always gives the same one. */
  split(label: number): Stream {
    const high = mix32(this.high + Math.imul(label + 1, GOLDEN));
    const low = mix32((this.low ^ rotate(high, 13)) + Math.imul(label + 1, 0x85ebca77));
    return new Stream(mix32(high + low), low);
  }

  named(name: string): Stream {
    return this.split(hash(name));
  }

  /** A whole number from 0 to 2³² − 1. */
  word(): number {
    const result = Math.imul(rotate(Math.imul(this.b, 5), 7), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotate(this.d, 11);
    return result;
  }

  /** Uniform in (0, 1), never either end. */
  next(): number {
    return (this.word() + 0.5) * UNIT;
  }
}
