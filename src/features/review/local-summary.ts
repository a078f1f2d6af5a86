import { clipText, keepTogether, plainLine } from '#src/ui/format/text.ts';

const MAX = 72;

/** The end of the first sentence; a decimal point or "n." ends none. */
const firstSentence = (text: string): string => /^.*?[.!?](?=\s+[A-Z]|$)/.exec(text)?.[0] ?? text;

/** Clauses with what separates them, so that joining them gives back what was written. */
const clauses = (sentence: string): readonly string[] => sentence.split(/(?<=[,;:]) /);

/**
 * What such a score meant here, on one line: from how many it comes and the first that was found,
 * whole clauses only; all of it is under "About this model".
 */
export function localSummary(localPerformance: string): string {
  const text = plainLine(localPerformance.slice(0, 2000));
  const sentence = firstSentence(text);
  if (sentence.length <= MAX) return keepTogether(sentence);
  const parts = clauses(sentence);
  const start = parts.findIndex((part) => /\bn = \d/.test(part));
  if (start === -1) return keepTogether(clipText(sentence, MAX));
  let summary = parts[start] ?? '';
  let last = start;
  for (const [index, part] of parts.entries()) {
    // The result that follows the number of cases belongs to it, however long it is.
    if (index !== last + 1 || (index > start + 1 && summary.length + part.length > MAX - 20))
      continue;
    summary = `${summary} ${part}`;
    last = index;
  }
  const cut = last < parts.length - 1 ? `${summary.replace(/[,;:]$/, '')} …` : summary;
  return keepTogether(clipText(cut, 2 * MAX));
}
