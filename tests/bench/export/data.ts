import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readdirSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** As many answers as one run of the simulation makes; more of them are copies of it. */
const ONCE = 100_000;
const CHUNK = 4 << 20;
/** What there is one of however many patients there are. */
const SHARED = new Set(['Device.ndjson', 'Location.ndjson', 'Practitioner.ndjson']);

/** Another hospital year of the same models and clinicians: other patients, encounters, advice and answers. */
const renamed = (lines: string, copy: number): string =>
  lines
    .replaceAll('sim1-w', `sim${copy}1-w`)
    .replaceAll('urn:uuid:', `urn:uuid:${copy}`)
    .replaceAll('Observation/', `Observation/${copy}`)
    .replaceAll(/"id":"(?=[0-9a-f]{8}-)/g, `"id":"${copy}`);

/** Whole lines of a file, some at a time, renamed; as Latin-1, which keeps every byte. */
async function* copied(path: string, copy: number): AsyncGenerator<Buffer> {
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'latin1', highWaterMark: CHUNK })) {
    const text = rest + String(chunk);
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    yield Buffer.from(renamed(text.slice(0, end), copy), 'latin1');
  }
  yield Buffer.from(renamed(rest, copy), 'latin1');
}

/**
 * Simulated FHIR of so many answers in `folder`. What is more than 100,000 is written several times, with
 * other ids: the simulation would take an hour. Words are then more alike than in a hospital; ids are not.
 */
export async function makeData(folder: string, answers: number): Promise<void> {
  const cli = new URL('../../../src/cli/main.ts', import.meta.url).pathname;
  const made = ['simulate', '--scenario', 'hospital', '--decisions'];
  const once = String(Math.min(answers, ONCE));
  execFileSync(process.execPath, [cli, ...made, once, '--out', folder], { stdio: 'ignore' });
  const copies = Math.round(answers / ONCE);
  if (copies <= 1) return;
  const from = join(folder, 'once');
  const to = join(folder, 'fhir');
  renameSync(to, from);
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    if (SHARED.has(name)) copyFileSync(path, join(to, name));
    else
      for (let copy = 0; copy < copies; copy++) {
        const file = name.replace('.ndjson', `.${String(copy).padStart(3, '0')}.ndjson`);
        await pipeline(copied(path, copy), createWriteStream(join(to, file)));
      }
  }
}
