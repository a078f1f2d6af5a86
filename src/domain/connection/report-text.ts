import type { SinkLosses } from './cannot-carry.ts';
import { byGroup, type CheckResult, countsInWords } from './check.ts';
import type { CheckDepth, ConfigAdvice, ConnectionReport } from './report.ts';

const WIDTH = 100;
const STATUS = { pass: 'pass', warn: 'WARN', fail: 'FAIL', skipped: 'skip' } as const;
const DEPTH: Readonly<Record<CheckDepth, string>> = {
  open: 'Without a sign-in.',
  'signed-in': 'Signed in; nothing was written.',
  written: 'Signed in; a marked test answer was written.',
};

export interface TextOptions {
  /** Also what the server itself said: for the eyes of who runs the check, never for a file. */
  readonly serverWords?: boolean;
}

/** The whole report for people: plain text, at most 100 columns where words allow. */
export function reportAsText(report: ConnectionReport, options: TextOptions = {}): string {
  const { about, results, advice, losses, stays } = report;
  return [
    `Connection check of ${about.iss}`,
    `${about.at}, app ${about.appVersion}${about.origin ? `, as a browser at ${about.origin}` : ''}.`,
    DEPTH[about.depth],
    ...checkLines(results, options),
    ...adviceLines(advice),
    ...lossLines(losses),
    ...stayLines(stays),
    '',
    `${countsInWords(report.counts)}.`,
    '',
  ].join('\n');
}

export function checkLines(
  results: readonly CheckResult[],
  { serverWords = false }: TextOptions = {},
): readonly string[] {
  return byGroup(results).flatMap(({ heading, results: found }) => [
    '',
    heading,
    ...found.flatMap(({ status, title, seen, cure, serverSaid }) => [
      ...wrapped(`${STATUS[status]}  ${title}: ${seen}`, '  ', '        '),
      ...(cure === undefined ? [] : wrapped(`→ ${cure}`, '        ', '          ')),
      ...(serverWords && serverSaid !== undefined
        ? wrapped(`The server said: ${serverSaid}`, '        ', '          ')
        : []),
    ]),
  ]);
}

function adviceLines(advice: readonly ConfigAdvice[]): readonly string[] {
  if (advice.length === 0) return [];
  return [
    '',
    'Proven settings for config.json',
    ...advice.flatMap(({ setting, value, why }) =>
      wrapped(`"${setting}": ${JSON.stringify(value)}   ${why}`, '  ', '      '),
    ),
  ];
}

function lossLines(losses: readonly SinkLosses[]): readonly string[] {
  return losses.flatMap(({ name, required, cannot }) => [
    '',
    `What “${name}” cannot carry${required ? '' : ' (optional)'}`,
    ...(cannot.length === 0
      ? ['  Nothing: it takes all that the app records.']
      : cannot.flatMap((one) => wrapped(`- ${one}`, '  ', '    '))),
  ]);
}

function stayLines(stays: readonly string[]): readonly string[] {
  if (stays.length === 0) return [];
  return [
    '',
    'Left on the server: test answers that could not be retracted. Have them removed.',
    ...stays.map((reference) => `  ${reference}`),
  ];
}

/** Breaks between words; a word longer than the line stays whole, so that it can be copied. */
function wrapped(text: string, first: string, further: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = further;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
