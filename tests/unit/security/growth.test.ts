import { describe, expect, it } from 'vitest';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { plainLine } from '#src/ui/format/text.ts';
import { parseMarkdown } from '#src/ui/markdown.ts';
import { attacks, regularExpressionsIn, shortest } from '#tests/support/regular-expressions.ts';
import { makeDeps } from '#tests/unit/state/deps.ts';

/**
 * Work must grow with the text, not with its square: the shortest of several runs on a text is
 * compared with that on one four times as long. Near 4 is linear, 16 is quadratic. No limit in seconds.
 */
const LINEAR = 9;

/** Patterns that are not linear, and why no text long enough ever reaches them. */
const SHORT_INPUT: Readonly<Record<string, string>> = {
  'src/ui/format/quantity.ts /\\B(?=(\\d{3})+$)/g': 'digits of a JavaScript number below 1e9',
};

const SIZE = 4_000;
const small = attacks(SIZE);
const large = attacks(SIZE * 4);
/** A square of that size takes many times longer than this; most texts never come near. */
const WORTH_A_LOOK_MS = 1;

type Run = (text: string) => unknown;
const timeOf = (run: Run, text = '', runs = 5) => shortest(() => void run(text), runs);
const runsAway = (run: Run, index: number) =>
  timeOf(run, large[index]) / timeOf(run, small[index]) > LINEAR;

/** The attacks on which the work grows faster than the text; what is reported was seen twice. */
const runaways = (run: Run): readonly string[] =>
  small
    .map((text, index) => ({ text, index }))
    .filter(({ text }) => timeOf(run, text, 1) > WORTH_A_LOOK_MS)
    .filter(({ text }) => timeOf(run, text) > WORTH_A_LOOK_MS)
    .filter(({ index }) => runsAway(run, index) && runsAway(run, index))
    .map(({ text }) => `${JSON.stringify(text.slice(0, 16))}…${JSON.stringify(text.slice(-4))}`);

describe('no text makes a regular expression run away', () => {
  const all = regularExpressionsIn('src');

  it('finds them by a parser', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(all.map(({ path, pattern }) => `${path} ${pattern}`)).toEqual(
      expect.arrayContaining(Object.keys(SHORT_INPUT)),
    );
  });

  it('would report a pattern that does, so it sees what it looks for', () => {
    const index = small.findIndex((text) => text.startsWith('//') && text.endsWith('!'));
    expect(runsAway((text) => /\/+$/.test(text), index)).toBe(true);
    expect(runsAway((text) => /\/+/.test(text), index)).toBe(false);
  });

  it.each(all.map((one) => [`${one.path} ${one.pattern}`, one.pattern] as const))(
    '%s',
    (name, pattern) => {
      if (Object.hasOwn(SHORT_INPUT, name)) return;
      const once = new RegExp(pattern, pattern.flags.replace(/[gy]/g, ''));
      expect(runaways((text) => once.test(text))).toEqual([]);
    },
    60_000,
  );
});

describe('nor what reads free text as a whole', () => {
  const { config } = makeDeps().deps;
  const xmlCard = (text: string) => ({
    resourceType: 'DocumentReference',
    id: 'card',
    status: 'current',
    content: [
      {
        attachment: {
          contentType: 'application/xml',
          data: Buffer.from(text).toString('base64'),
        },
      },
    ],
  });

  it.each<[string, (text: string) => unknown]>([
    ['the markdown of a model card', parseMarkdown],
    ['the XML of a model card', (text) => readModelCard(xmlCard(text))],
    ['the first words of a caution', plainLine],
    ['the issuer of a link', (text) => findIssuer(config, text)],
  ])('%s', (_what, run) => expect(runaways(run)).toEqual([]), 120_000);

  it.each([
    ['a million marks of a heading', `# ${'#'.repeat(1_000_000)}x`],
    ['a million blanks in a heading', `# ${' '.repeat(1_000_000)}x`],
    ['a million blanks in a list', `- ${' '.repeat(1_000_000)}x\u2028`],
    ['a million openings of links', '[a]('.repeat(250_000)],
  ])('%s: as text, whole', (_what, text) => {
    const words = parseMarkdown(text).flatMap((block) =>
      block.kind === 'list' ? block.items.flat() : block.content,
    );
    expect(words.length).toBeGreaterThan(0);
  });
});
