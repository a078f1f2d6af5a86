/**
 * The small part of markdown that model cards use. The result is data, never markup: whatever is not
 * understood, HTML first of all, stays visible text.
 */
export type Inline = { readonly style: 'text' | 'strong' | 'em' | 'code'; readonly text: string };

export type Block =
  | { readonly kind: 'heading'; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] };

const INLINE = /\*\*([^*\n]+)\*\*|__([^_\n]+)__|\*([^*\n]+)\*|`([^`\n]+)`/g;

// A link keeps its address as text: a model card must not be able to lead a clinician anywhere.
const plainLinks = (text: string): string =>
  text.replace(/!?\[([^[\]\n]{0,300})\]\(([^)\s[]{0,500})(?:\s[^)\n[]{0,200})?\)/g, '$1 ($2)');

export function parseInline(source: string): readonly Inline[] {
  const text = plainLinks(source);
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) parts.push({ style: 'text', text: text.slice(end, match.index) });
    const [whole, strong, underlined, em, code] = match;
    const bold = strong ?? underlined;
    if (bold !== undefined) parts.push({ style: 'strong', text: bold });
    else if (em !== undefined) parts.push({ style: 'em', text: em });
    else parts.push({ style: 'code', text: code ?? '' });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ style: 'text', text: text.slice(end) });
  return parts;
}

// Only the mark: what follows is cut off, never matched, so that no text makes the matching slow.
const ITEM = /^\s{0,8}(?:[-*+]|\d{1,3}[.)])\s+/;
const HEADING = /^#{1,6}\s+/;

/** `## Title ##` closes with as many marks as its writer likes. */
function headingText(line: string): string {
  const text = line.replace(HEADING, '');
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trimEnd();
}

const blockOf = (lines: readonly string[]): Block | undefined => {
  const [first = ''] = lines;
  if (HEADING.test(first)) return { kind: 'heading', content: parseInline(headingText(first)) };
  if (ITEM.test(first))
    return { kind: 'list', items: lines.map((line) => parseInline(line.replace(ITEM, ''))) };
  const text = lines.join(' ').trim();
  return text === '' ? undefined : { kind: 'paragraph', content: parseInline(text) };
};

const kindOf = (line: string): string =>
  line.trim() === '' ? 'gap' : HEADING.test(line) ? 'heading' : ITEM.test(line) ? 'item' : 'text';

export function parseMarkdown(text: string): readonly Block[] {
  const groups: string[][] = [];
  let previous = 'gap';
  for (const line of text.split(/\r?\n/)) {
    const kind = kindOf(line);
    const open = groups.at(-1);
    const continues = kind === previous && (kind === 'item' || kind === 'text');
    const inItem = kind === 'text' && previous === 'item';
    if (open && inItem) open.push(`${open.pop() ?? ''} ${line.trim()}`);
    else if (open && continues) open.push(line);
    else if (kind !== 'gap') groups.push([line]);
    if (!inItem) previous = kind;
  }
  return groups.map(blockOf).filter((block) => block !== undefined);
}
