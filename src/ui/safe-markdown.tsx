import { clipText } from './format/text.ts';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';
import classes from './safe-markdown.module.css';

const MAX_LENGTH = 20_000;

function Words({ content }: { readonly content: readonly Inline[] }) {
  return content.map(({ style, text }, index) => {
    const Tag = style === 'text' ? 'span' : style;
    // biome-ignore lint/suspicious/noArrayIndexKey: parsed once from a text that does not change
    return <Tag key={index}>{text}</Tag>;
  });
}

function BlockView({ block }: { readonly block: Block }) {
  if (block.kind === 'list') {
    return (
      <ul>
        {block.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parsed once from a text that does not change
          <li key={index}>
            <Words content={item} />
          </li>
        ))}
      </ul>
    );
  }
  const className = block.kind === 'heading' ? classes.heading : undefined;
  return (
    <p className={className}>
      <Words content={block.content} />
    </p>
  );
}

/** Text from outside, with emphasis and lists but no HTML, no links and no images. */
export function SafeMarkdown({ text }: { readonly text: string }) {
  return (
    <div className={classes.text}>
      {parseMarkdown(clipText(text, MAX_LENGTH)).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parsed once from a text that does not change
        <BlockView block={block} key={index} />
      ))}
    </div>
  );
}
