import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { FhirResource, Observation } from 'fhir/r4';
import type { Archive, Asked } from '#mocks/fhir/archive.ts';
import type { BenchHistory } from './history.ts';

const NEWLINE = 0x0a;
const CODE = 'recommendation-response';

export interface OnDisk {
  readonly archive: Archive;
  close(): void;
}

/**
 * The Observations of a history where they lie: in memory is, for each, its place in the file, its two
 * times and a hash of its patient. What is asked for is read from the disk.
 */
export async function onDisk({ folder, decisions }: BenchHistory): Promise<OnDisk> {
  const path = join(folder, 'Observation.ndjson');
  const starts = new Float64Array(decisions + 1);
  const updated = new Float64Array(decisions);
  const given = new Float64Array(decisions);
  const patients = new Uint32Array(decisions);
  let row = 0;
  for await (const { text, end } of linesOf(path)) {
    updated[row] = time(text, '"lastUpdated":"');
    given[row] = time(text, '"effectiveDateTime":"');
    patients[row] = hash(after(text, '"subject":{"reference":"'));
    row += 1;
    starts[row] = end;
  }
  if (row !== decisions) throw new Error(`${path} has ${row} lines, not ${decisions}.`);
  const file = openSync(path, 'r');

  function read(id: string): FhirResource | undefined {
    const at = rowOf(id);
    if (at === undefined || at >= decisions) return undefined;
    const start = starts[at] ?? 0;
    const bytes = Buffer.alloc((starts[at + 1] ?? start) - start);
    readSync(file, bytes, 0, bytes.length, start);
    return JSON.parse(bytes.toString()) as Observation;
  }

  function* ids(asked: readonly Asked[]): Generator<string> {
    const tests = asked.flatMap((one) => testOf(one) ?? []);
    for (let at = 0; at < decisions; at += 1) if (tests.every((test) => test(at))) yield `r${at}`;
  }

  function testOf({ code, operator, value }: Asked): ((at: number) => boolean) | undefined {
    if (code === 'code') return value.includes(CODE) ? undefined : () => false;
    if (code === 'patient' && operator === 'eq') {
      const wanted = new Set(value.split(',').map(hash));
      return (at) => wanted.has(patients[at] ?? 0);
    }
    const times = code === '_lastUpdated' ? updated : code === 'date' ? given : undefined;
    const limit = Date.parse(value);
    if (!times || Number.isNaN(limit)) return undefined;
    if (operator === 'gt' || operator === 'ge') return (at) => (times[at] ?? 0) >= limit;
    if (operator === 'lt' || operator === 'le') return (at) => (times[at] ?? 0) <= limit;
    return undefined;
  }

  const isOurs = (type: string) => type === 'Observation';
  return {
    archive: {
      types: ['Observation'],
      count: (type) => (isOurs(type) ? decisions : 0),
      has: (type, id) => isOurs(type) && (rowOf(id) ?? decisions) < decisions,
      read: (type, id) => (isOurs(type) ? read(id) : undefined),
      ids: (type, asked) => (isOurs(type) ? ids(asked) : []),
    },
    close: () => closeSync(file),
  };
}

const rowOf = (id: string): number | undefined =>
  /^r\d+$/.test(id) ? Number(id.slice(1)) : undefined;

function after(text: string, mark: string): string {
  const from = text.indexOf(mark) + mark.length;
  return text.slice(from, text.indexOf('"', from));
}

const time = (text: string, mark: string): number => Date.parse(after(text, mark));

/** FNV-1a; two patients with one hash are told apart by the server’s own look at what is found. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

async function* linesOf(path: string): AsyncGenerator<{ text: string; end: number }> {
  let rest = Buffer.alloc(0);
  let end = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 22 })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let from = 0;
    for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
      end += to + 1 - from;
      yield { text: bytes.toString('utf8', from, to), end };
      from = to + 1;
    }
    rest = bytes.subarray(from);
  }
}
