/** A hostile or broken producer may send a megabyte where a title belongs. */
export function clipText(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  // Half a word can be another word. Only what is no word, having no end, is cut within.
  const space = /\s/.test(text[max - 1] ?? '') ? -1 : cut.lastIndexOf(' ');
  const whole = space > 0 && space > cut.length - LONGEST_WORD ? cut.slice(0, space) : cut;
  return `${whole.replace(/(?:[\s,;:(–-]|\s\d+)$/, '')}…`;
}

const LONGEST_WORD = 32;

const NBSP = '\u00a0';
const UNIT =
  /(\d) (?=(?:%|°C|h|min|s|d|wk|mo|y|days?|hours?|minutes?|g|mg|µg|kg|mL|mmol|µmol|ng|pg|mmHg|units?)(?![\p{L}\d]))/gu;

/** No line ends between a number and what it counts: "n = 842", "12 %", "6 h". */
export const keepTogether = (text: string): string =>
  text
    .replace(/\bn = (?=\d)/g, `n${NBSP}=${NBSP}`)
    .replace(/(\d) in (?=\d)/g, `$1${NBSP}in${NBSP}`)
    .replace(UNIT, `$1${NBSP}`);

/** "Sepsis" within a sentence; what is no plain word (AKI, COVID-19, pH) stays as it was sent. */
export const midSentence = (text: string): string =>
  /^[A-Z][a-z]+(?=[\s,;]|$)/.test(text) ? `${text[0]?.toLowerCase() ?? ''}${text.slice(1)}` : text;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/**
 * Markdown as one line of plain words: for a place that shows a sentence of a model card and does not
 * load the reader of whole cards. Marks go, words stay.
 */
export const plainLine = (markdown: string): string =>
  markdown
    .replace(/^[ \t]*(?:[-*+>]|#{1,6}|\d{1,3}[.)])[ \t]+/gm, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/(^|\s)[*_](\S)/g, '$1$2')
    .replace(/(\S)[*_](\s|[.,;:!?]|$)/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim();
