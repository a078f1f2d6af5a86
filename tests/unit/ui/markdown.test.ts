import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from '#src/ui/markdown.ts';

describe('the safe part of markdown', () => {
  it('reads headings, paragraphs and lists', () => {
    expect(parseMarkdown('# Use\nAdults\non wards\n\n- one\n2. two\n')).toEqual([
      { kind: 'heading', content: [{ style: 'text', text: 'Use' }] },
      { kind: 'paragraph', content: [{ style: 'text', text: 'Adults on wards' }] },
      {
        kind: 'list',
        items: [[{ style: 'text', text: 'one' }], [{ style: 'text', text: 'two' }]],
      },
    ]);
  });

  it('lets an item go on in the next line, and ends it at a gap', () => {
    const texts = parseMarkdown('- one\nand more\n- two\n\nafter').map((block) =>
      block.kind === 'list' ? block.items.map(([part]) => part?.text) : block.content[0]?.text,
    );
    expect(texts).toEqual([['one and more', 'two'], 'after']);
  });

  it('reads emphasis and code', () => {
    expect(parseInline('a **b** *c* `d`')).toEqual([
      { style: 'text', text: 'a ' },
      { style: 'strong', text: 'b' },
      { style: 'text', text: ' ' },
      { style: 'em', text: 'c' },
      { style: 'text', text: ' ' },
      { style: 'code', text: 'd' },
    ]);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
  ])('leaves %s as text', (hostile) => {
    expect(parseMarkdown(hostile)).toEqual([
      { kind: 'paragraph', content: [{ style: 'text', text: hostile }] },
    ]);
  });

  it('leads nowhere: links and images become their words and address', () => {
    expect(parseInline('see [site](javascript:alert(1))')[0]?.text).toContain('site (javascript:');
    expect(parseInline('![x](https://tracker.example.org/p.gif)')).toEqual([
      { style: 'text', text: 'x (https://tracker.example.org/p.gif)' },
    ]);
  });
});
