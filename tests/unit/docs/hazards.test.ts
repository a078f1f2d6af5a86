import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const log = readFileSync('docs/hazards.md', 'utf8');
const sections = log.split(/^### /m).slice(1);
const proofs = sections.flatMap((section) =>
  [...section.matchAll(/^- `(tests\/[^`]+)`: (.+)$/gm)].map(([, file = '', title = '']) => ({
    hazard: section.match(/H\d+/)?.[0] ?? '',
    file,
    title,
  })),
);
/** Severity and likelihood → risk, as the page itself prints it. */
const matrix = new Map(
  [...log.matchAll(/^\| ([1-5]) \| ([1-5]) \| ([1-5]) \| ([1-5]) \| ([1-5]) \| ([1-5]) \|$/gm)].map(
    ([, likelihood, ...risks]) => [likelihood, risks],
  ),
);
/** A test file as text; a case file as its titles. */
function textOf(file: string): string {
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.json')) return text.replaceAll("\\'", "'");
  return (JSON.parse(text) as { title: string }[]).map(({ title }) => title).join('\n');
}

describe('docs/hazards.md', () => {
  it('numbers its hazards without a gap, and each has a proof', () => {
    const ids = sections.map((section) => section.match(/H\d+/)?.[0]);
    expect(ids).toEqual(ids.map((_, index) => `H${String(index + 1).padStart(2, '0')}`));
    expect(new Set(proofs.map(({ hazard }) => hazard)).size).toBe(sections.length);
  });

  it.each(proofs)('$hazard is proven by $file: $title', ({ file, title }) => {
    expect(textOf(file)).toContain(title);
  });

  it('names controls that exist', () => {
    const paths = [...log.matchAll(/`(src\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('rates by its own matrix, leaves nothing unacceptable unsaid, and sums up what it says', () => {
    for (const section of sections) {
      const ratings = [...section.matchAll(/Severity (\d), likelihood (\d): risk (\d)/g)];
      expect(ratings).toHaveLength(2);
      for (const [, severity, likelihood, risk] of ratings)
        expect(matrix.get(likelihood)?.[Number(severity) - 1], section.slice(0, 40)).toBe(risk);
      const [before, after] = ratings.map(([, , , risk]) => risk);
      // What is left beyond "as low as practicable" is an open item, said as one.
      expect(Number(after) <= 3 || (after === '4' && section.includes('**Open:**'))).toBe(true);
      const id = section.match(/H\d+/)?.[0];
      expect(log).toMatch(new RegExp(`^\\| \\[${id}\\].* \\| ${before} \\| ${after} \\|$`, 'm'));
    }
  });
});
