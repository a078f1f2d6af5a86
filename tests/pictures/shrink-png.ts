import { crc32, deflateSync } from 'node:zlib';
import { type Pixels, readPng } from './read-png.ts';

const COLOURS = 256;

/** The same picture with 256 colours: a screen of text needs no more, and is a third of the size. */
export function shrinkPng(png: Buffer): Buffer {
  const pixels = readPng(png);
  const palette = choosePalette(pixels);
  const { width, height, rgb } = pixels;
  const rows = Buffer.alloc((width + 1) * height);
  const known = new Map<number, number>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt(rgb, y * width + x);
      let index = known.get(colour);
      if (index === undefined) {
        index = nearest(palette, colour);
        known.set(colour, index);
      }
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => parts(colour)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const colourAt = (rgb: Uint8Array, pixel: number): number =>
  ((rgb[pixel * 3] as number) << 16) |
  ((rgb[pixel * 3 + 1] as number) << 8) |
  (rgb[pixel * 3 + 2] as number);

const parts = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;

function distance(one: number, other: number): number {
  const [r, g, b] = parts(one);
  const [s, h, c] = parts(other);
  return (r - s) ** 2 + (g - h) ** 2 + (b - c) ** 2;
}

/** The commonest colour first, then always the one that is worst served, weighed by its frequency. */
function choosePalette({ rgb, width, height }: Pixels): number[] {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = colourAt(rgb, pixel);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const candidates = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([colour, count]) => ({
      colour,
      weight: Math.sqrt(count),
      far: Number.POSITIVE_INFINITY,
    }));
  const palette: number[] = [];
  let next = candidates[0];
  while (next && next.far > 0 && palette.length < COLOURS) {
    palette.push(next.colour);
    const { colour } = next;
    let worst = 0;
    for (const one of candidates) {
      one.far = Math.min(one.far, distance(one.colour, colour));
      if (one.far * one.weight > worst) {
        worst = one.far * one.weight;
        next = one;
      }
    }
    if (worst === 0) break;
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (let index = 1; index < palette.length; index++)
    if (distance(palette[index] as number, colour) < distance(palette[best] as number, colour))
      best = index;
  return best;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
