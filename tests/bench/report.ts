import { type Drain, drainLines } from './drain.ts';
import { type Durable, durableLines } from './durable.ts';
import type { Payload } from './launch-payload.ts';
import type { machine } from './machine.ts';
import type { Rounds } from './request-rounds.ts';
import type { Summary } from './time-to-card.ts';

export interface Timed {
  readonly app: Summary;
  readonly empty: Summary;
}

export interface Result {
  readonly machine: ReturnType<typeof machine>;
  readonly payload: Payload;
  readonly rounds: Rounds;
  readonly throttle: number;
  readonly armingMs: number;
  readonly cold: Timed;
  readonly warm: Timed;
  readonly unthrottled: Timed;
  readonly durable: Durable;
  readonly drain: Drain;
}

const ratio = (one: number, other: number) => (one / other).toFixed(2);

export function report(result: Result): string {
  const { machine: box } = result;
  return [
    `${box.cpu}, ${box.cores} cores, ${box.memoryGb} GB, Node ${box.node}, Chromium ${box.chromium}, ${box.at}`,
    '',
    ...payloadLines(result.payload),
    '',
    ...roundLines(result.rounds),
    '',
    `Click on the patient → a card that can be answered (CPU throttled ${result.throttle}×, medians)`,
    ...timeLines('first launch, empty cache', result.cold, result.armingMs),
    ...timeLines('next patient, files cached', result.warm, result.armingMs),
    ...timeLines('first launch, not throttled', result.unthrottled, result.armingMs),
    '',
    ...limitLines(result),
    '',
    ...durableLines(result.durable),
    '',
    ...drainLines(result.drain),
    '',
  ].join('\n');
}

function payloadLines({ budgetKb, gzipKb, launch, later, stylesGzipKb }: Payload): string[] {
  const line = (file: string, kb: number, gzip: number) =>
    `  ${file.padEnd(38)} ${kb.toFixed(1).padStart(8)} kB ${gzip.toFixed(1).padStart(8)} kB gzip`;
  return [
    `JavaScript of a clinician's launch: ${gzipKb.toFixed(1)} kB gzip of ${budgetKb} kB (${gzipKb <= budgetKb ? 'within' : 'OVER'} the budget)`,
    ...launch.map((part) => line(part.file, part.kb, part.gzipKb)),
    `  styles: ${stylesGzipKb.toFixed(1)} kB gzip`,
    '  later, when asked for:',
    ...later.map((part) => line(part.file, part.kb, part.gzipKb)),
  ];
}

function roundLines({ toFirstCard, toComplete, rounds }: Rounds): string[] {
  return [
    `Rounds of FHIR requests, token → first card: ${toFirstCard}; → all of it: ${toComplete} (bound: 2)`,
    ...rounds.flatMap(({ requests, preflights, ms }, index) => [
      `  round ${index + 1}: ${requests.length} requests, ${preflights} CORS preflights, ${ms} ms here`,
      ...requests.map((request) => `    ${request}`),
    ]),
  ];
}

function timeLines(name: string, { app, empty }: Timed, armingMs: number): string[] {
  const guard = `${armingMs} ms of it: buttons that just appeared take no click`;
  return [
    `  ${name}, ${app.runs} runs each, interleaved`,
    `    app   usable ${app.usable} ms (quartiles ${app.quartiles.join('–')}; ${guard})`,
    `          card shown ${app.shown} ms, complete ${app.settled} ms`,
    `          main thread busy ${app.busy} ms: script ${app.script}, layout and style ${app.layout}`,
    `    empty ready ${empty.usable} ms (quartiles ${empty.quartiles.join('–')}), main thread busy ${empty.busy} ms`,
    `    ratio ${ratio(app.usable, empty.usable)} usable / ${ratio(app.shown, empty.usable)} card shown`,
  ];
}

/** How much of the wait is anybody's to take away. */
function limitLines({ cold: { app, empty }, armingMs, rounds }: Result): string[] {
  const own = app.shown - empty.usable;
  const work = Math.max(0, app.busy - empty.busy);
  return [
    'What limits it (first launch, throttled)',
    `  ${empty.usable} ms  the launch itself: EHR page, launch.html, discovery, authorize, token (empty app)`,
    `  ${own} ms  the app until the card is shown, with ${work} ms more of work on the main thread`,
    `          (parse and run ${Math.max(0, app.script - empty.script)} ms, layout and style ${Math.max(0, app.layout - empty.layout)} ms)`,
    `  ${Math.max(0, app.settled - app.shown)} ms  from shown to complete`,
    `  ${armingMs} ms  of safety: buttons that just appeared or moved take no click`,
    `  The FHIR requests alone, not throttled: ${rounds.rounds.map(({ ms }) => `${ms} ms`).join(' + ')}.`,
    `  Floor with this design ≈ launch + arming = ${empty.usable + armingMs} ms; measured is ${ratio(app.usable, empty.usable + armingMs)} times that.`,
    '  Network round trips on loopback cost next to nothing here: in a hospital add one round trip',
    '  for each step of the launch and two for each round of requests (preflight and request).',
  ];
}
