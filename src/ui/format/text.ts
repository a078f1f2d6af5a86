/** A hostile or broken producer may send a megabyte where a title belongs. */
export function clipText(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;
}

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
