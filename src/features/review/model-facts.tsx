import type { Model } from '#src/domain/recommendation.ts';
import { formatDateTime } from '#src/ui/format/date-time.ts';
import { clipText, keepTogether } from '#src/ui/format/text.ts';
import { SafeMarkdown } from '#src/ui/safe-markdown.tsx';
import classes from './model-facts.module.css';

type Fact = readonly [label: string, value: string | undefined];

/** A state of which nothing more is known needs no empty lines. */
const stateOf = ({ state, stateSince, stateReason, stateRestriction }: Model): readonly Fact[] => [
  ['State', state],
  ...(stateSince ? [['State since', formatDateTime(stateSince)] as const] : []),
  ...(stateReason ? [['State reason', stateReason] as const] : []),
  ...(stateRestriction ? [['Restriction', stateRestriction] as const] : []),
];

const pointOfCare = ({ card }: Model): readonly Fact[] => [
  ['Intended use', card?.intendedUse],
  ['Cautions', card?.cautions],
  ['Local performance', card?.localPerformance],
];

const identity = (model: Model): readonly Fact[] => [
  ['Model', model.name],
  ['Version', model.version],
  ...stateOf(model),
  ['Manufacturer', model.manufacturer],
  ['Owner', model.owner],
  ['Contact', model.contact],
  ['Safety', model.safety],
  ['Identifier', model.identifier?.value],
];

interface FactsProps {
  readonly facts: readonly Fact[];
  /** Parts of a card in markdown: lists are lists, and a line ends where the screen does. */
  readonly markdown?: boolean;
}

function FactText({ value, markdown }: { readonly value: string; readonly markdown: boolean }) {
  const text = keepTogether(clipText(value, 1500));
  return markdown ? <SafeMarkdown text={text} /> : text;
}

function Facts({ facts, markdown = false }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value ? (
              <FactText markdown={markdown} value={value} />
            ) : (
              <span className={classes.none}>not stated</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What a clinician may want to know before trusting a model: its card, as text and never as HTML. */
export function ModelFacts({ model }: { readonly model: Model }) {
  const { card } = model;
  return (
    <div className={classes.panel}>
      <Facts facts={pointOfCare(model)} markdown={card?.format === 'markdown'} />
      <Facts facts={identity(model)} />
      {card?.text ? (
        <details className={classes.card}>
          <summary>The whole model card</summary>
          {card.format === 'markdown' ? (
            <SafeMarkdown text={card.text} />
          ) : (
            <pre className={classes.raw}>{clipText(card.text, 20_000)}</pre>
          )}
        </details>
      ) : null}
      {card?.url ? <p className={classes.url}>Source: {clipText(card.url, 300)}</p> : null}
    </div>
  );
}
