import type { ModelCard } from '#src/domain/recommendation.ts';
import { defined, text } from './read.ts';

type Sections = Pick<ModelCard, 'intendedUse' | 'cautions' | 'localPerformance' | 'riskTier'>;
type Section = keyof Sections;

const MAX_SECTION = 4_000;

// Headings as model cards use them, in the order of preference, lower case.
const HEADINGS: Readonly<Record<Section, readonly string[]>> = {
  intendedUse: ['intended use', 'direct use', 'uses', 'indications'],
  cautions: ['caution', 'warning', 'out-of-scope', 'out of scope', 'limitation', 'risks'],
  localPerformance: [
    'local performance',
    'local validation',
    'local validity',
    'performance at this site',
  ],
  riskTier: ['risk tier', 'risk level'],
};

// Coalition for Health AI, Applied Model Card schema v0.1 and v0.2. It has no element for local
// performance; a vendor's KeyMetrics are not local and must not pass as such.
const CHAI: Readonly<Record<Exclude<Section, 'localPerformance'>, readonly string[]>> = {
  intendedUse: ['IntendedUseAndWorkflow', 'PrimaryIntendedUsers', 'TargetedPatientPopulation'],
  cautions: [
    'CautionedOutOfScopeSettings',
    'KnownRisksAndLimitations',
    'KnownBiasesOrEthicalConsiderations',
  ],
  riskTier: ['ClinicalRiskLevel'],
};

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly from: number;
}

/** Takes the point-of-care sections out of a markdown card by its headings. One pass, linear. */
export function markdownSections(card: string): Sections {
  const read = sectionReader(card);
  return defined<Sections>({
    intendedUse: read(HEADINGS.intendedUse),
    cautions: read(HEADINGS.cautions),
    localPerformance: read(HEADINGS.localPerformance),
    riskTier: read(HEADINGS.riskTier),
  });
}

/** Text below the first heading that holds one of these words (lower case), in their order. */
export const markdownSection = (card: string, wanted: readonly string[]): string | undefined =>
  sectionReader(card)(wanted);

function sectionReader(card: string): (wanted: readonly string[]) => string | undefined {
  const lines = card.split('\n');
  const headings = findHeadings(lines);
  return (all) => {
    for (const wanted of all) {
      const index = headings.findIndex((one) => one.title.includes(wanted));
      const heading = headings[index];
      if (heading === undefined) continue;
      const next = headings.slice(index + 1).find((one) => one.level <= heading.level);
      const body = text(
        lines.slice(heading.from, next === undefined ? undefined : next.from - 1).join('\n'),
        MAX_SECTION,
      );
      if (body !== undefined) return body;
    }
    return undefined;
  };
}

function findHeadings(lines: readonly string[]): readonly Heading[] {
  const headings: Heading[] = [];
  let fenced = false;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('```')) fenced = !fenced;
    const marks = fenced ? 0 : leadingMarks(line);
    if (marks === 0 || marks > 6) continue;
    headings.push({
      level: marks,
      title: line
        .slice(marks, marks + 200)
        .toLowerCase()
        .trim(),
      from: index + 1,
    });
  }
  return headings;
}

function leadingMarks(line: string): number {
  let marks = 0;
  while (line[marks] === '#') marks += 1;
  return marks > 0 && line[marks] === ' ' ? marks : 0;
}

/**
 * Takes the point-of-care elements out of a CHAI XML card as plain text: `indexOf` only, so linear, and
 * without entity expansion beyond the five of XML and character numbers. No DOM is needed.
 */
export const chaiSections = (xml: string): Sections =>
  defined<Sections>({
    intendedUse: chaiElement(xml, CHAI.intendedUse),
    cautions: chaiElement(xml, CHAI.cautions),
    riskTier: chaiElement(xml, CHAI.riskTier),
  });

/** What these elements of a CHAI card hold, one after the other; undefined where none holds text. */
export function chaiElement(xml: string, names: readonly string[]): string | undefined {
  const source = withoutComments(xml);
  return text(
    names
      .map((name) => element(source, name))
      .filter(Boolean)
      .join('\n'),
    MAX_SECTION,
  );
}

function withoutComments(xml: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<!--', at);
    if (open < 0) break;
    parts.push(xml.slice(at, open));
    const close = xml.indexOf('-->', open + 4);
    at = close < 0 ? xml.length : close + 3;
  }
  parts.push(xml.slice(at));
  return parts.join('');
}

function element(xml: string, name: string): string | undefined {
  const open = startTag(xml, name);
  if (open === undefined) return undefined;
  const close = xml.indexOf(`</${name}`, open);
  return text(plain(xml.slice(open, close < 0 ? open + MAX_SECTION : close)), MAX_SECTION);
}

/** Where the content of the first `<name …>` begins; a longer name with the same start is not it. */
function startTag(xml: string, name: string): number | undefined {
  let at = xml.indexOf(`<${name}`);
  while (at >= 0) {
    const after = xml[at + name.length + 1];
    if (after === '>' || after === ' ' || after === '\n' || after === '\t') {
      const end = xml.indexOf('>', at);
      return end < 0 || xml[end - 1] === '/' ? undefined : end + 1;
    }
    at = xml.indexOf(`<${name}`, at + 1);
  }
  return undefined;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Tags out, CDATA unwrapped, the predefined entities and character references decoded once. */
function plain(xml: string): string {
  const unwrapped = xml.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
  return unwrapped
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g, (whole, name: string) => {
      if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
      const code = name.startsWith('#x')
        ? Number.parseInt(name.slice(2), 16)
        : Number(name.slice(1));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/[ \t]{2,}/g, ' ');
}
