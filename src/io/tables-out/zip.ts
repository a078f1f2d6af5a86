/**
 * A ZIP file of stored entries (PKWARE APPNOTE 6.3, §4.3), for what a browser saves: nothing is
 * compressed, and every date is the first that the format knows, so that it tells
 * nothing of when the file was made.
 */
export interface ZipEntry {
  readonly name: string;
  readonly content: Blob;
  readonly crc32: number;
}

/** Beyond it a file needs ZIP64, which this is not. */
const MOST_BYTES = 0xffff_ffff;
const MOST_FILES = 0xffff;
const VERSION = 20;
/** Bit 11: names are UTF-8. */
const FLAGS = 0x0800;
/** 1980-01-01. */
const FIRST_DAY = 0x0021;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb8_8320 : 0);
  return value;
});

/** CRC-32 (ISO 3309), piece by piece. @param before of what came earlier; 0 at the start. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}

type Field = readonly [bytes: 2 | 4, value: number];

function fields(all: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(all.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of all) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** What the header of a file and its line in the directory have alike. */
const shared = ({ crc32: crc, content }: ZipEntry, name: Uint8Array): readonly Field[] => [
  [2, VERSION],
  [2, FLAGS],
  [2, 0],
  [2, 0],
  [2, FIRST_DAY],
  [4, crc],
  [4, content.size],
  [4, content.size],
  [2, name.length],
  [2, 0],
];

/** Throws `RangeError` where it would be too large for the format. */
export function zip(entries: readonly ZipEntry[]): Blob {
  const utf8 = new TextEncoder();
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let at = 0;
  let listed = 0;
  for (const entry of entries) {
    const name = utf8.encode(entry.name);
    const head = fields([[4, 0x0403_4b50], ...shared(entry, name)]);
    const line = fields([
      [4, 0x0201_4b50],
      [2, VERSION],
      ...shared(entry, name),
      ...([2, 2, 2] as const).map((size) => [size, 0] as const),
      [4, 0],
      [4, at],
    ]);
    parts.push(head, name, entry.content);
    directory.push(line, name);
    at += head.length + name.length + entry.content.size;
    listed += line.length + name.length;
  }
  if (at + listed > MOST_BYTES || entries.length > MOST_FILES)
    throw new RangeError('The package is larger than a ZIP file may be.');
  const end = fields([
    [4, 0x0605_4b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, listed],
    [4, at],
    [2, 0],
  ]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}
