import { lazy, Suspense, useId, useState } from 'react';
import type { Model } from '#src/domain/recommendation.ts';
import { Button } from '#src/ui/button.tsx';
import { clipText, keepTogether, plainLine } from '#src/ui/format/text.ts';
import classes from './model-line.module.css';

// Asked for by few, and carries the markdown reader: not part of the launch.
const ModelFacts = lazy(() =>
  import('./model-facts.tsx').then(({ ModelFacts: component }) => ({ default: component })),
);

export interface ModelLineProps {
  readonly model: Model;
  readonly onOpened: () => void;
}

const firstSentence = (text: string): string =>
  clipText(plainLine(text.trim().split(/\s(?<=[.!?]\**\s)|\n/)[0] ?? ''), 160);

function cautionOf({ card }: Model): string {
  if (card === undefined) return 'There is no model card for this model.';
  return card.cautions ? firstSentence(card.cautions) : 'The model card states no cautions.';
}

export function ModelLine({ model, onOpened }: ModelLineProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={classes.section}>
      <div className={classes.line}>
        <p className={classes.caution}>{keepTogether(cautionOf(model))}</p>
        <Button
          aria-controls={id}
          aria-expanded={open}
          className={classes.about}
          look="quiet"
          onClick={() => {
            if (!open) onOpened();
            setOpen(!open);
          }}
        >
          About this model
        </Button>
      </div>
      <div id={id}>
        {open ? (
          <Suspense fallback={<p className={classes.caution}>Loading…</p>}>
            <ModelFacts model={model} />
          </Suspense>
        ) : null}
      </div>
    </section>
  );
}
