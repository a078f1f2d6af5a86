import type { Model } from '#src/domain/recommendation.ts';
import { formatDateTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import { SafeMarkdown } from '#src/ui/safe-markdown.tsx';
import classes from './model-facts.module.css';

type Fact = readonly [label: string, value: string | undefined];

const stateOf = ({ state, stateSince, stateReason }: Model): string =>
  [state, stateSince ? `since ${formatDateTime(stateSince)}` : undefined, stateReason]
    .filter((part) => part !== undefined)
    .join(', ');

const pointOfCare = ({ card }: Model): readonly Fact[] => [
  ['Intended use', card?.intendedUse],
  ['Cautions', card?.cautions],
  ['Local performance', card?.localPerformance],
];

const identity = (model: Model): readonly Fact[] => [
  ['Model', model.name],
  ['Version', model.version],
  ['State', stateOf(model)],
  ['Manufacturer', model.manufacturer],
  ['Owner', model.owner],
  ['Contact', model.contact],
  ['Safety', model.safety],
  ['Identifier', model.identifier?.value],
];

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value ? clipText(value, 1500) : <span className={classes.none}>not stated</span>}
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
      <Facts facts={pointOfCare(model)} />
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
