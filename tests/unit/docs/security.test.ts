import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/security.md', 'utf8');
const proofs = [...page.matchAll(/^- `(tests\/[^`]+)`: (.+)$/gm)].map(
  ([, file = '', title = '']) => ({
    file,
    title,
  }),
);

/** A test file as text; a case file as its titles. */
function textOf(file: string): string {
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'utf8');
  if (!file.endsWith('.json')) return text.replaceAll("\\'", "'");
  return (JSON.parse(text) as { title: string }[]).map(({ title }) => title).join('\n');
}

describe('docs/security.md', () => {
  it('proves something of each entry point but the vendor, who has the chart’s', () => {
    const sections = page.split(/^### /m).slice(1);
    const without = sections
      .filter((one) => !/^- `tests\//m.test(one))
      .map((one) => one.split('\n')[0]);
    expect(without).toEqual(['The AI vendor']);
  });

  it.each(proofs)('$file proves: $title', ({ file, title }) => {
    expect(textOf(file)).toContain(title);
  });

  it('names controls that exist', () => {
    const paths = [...page.matchAll(/`(src\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('says what is not protected, and claims no conformity', () => {
    expect(page).toContain('## What is not protected');
    expect(page).not.toMatch(/\b(compliant|certified|complies)\b/i);
  });
});
