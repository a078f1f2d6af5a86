import { useEffect, useId } from 'react';
import type { DeliveryState } from '#src/domain/delivery.ts';
import type { AnswerMeasures, CardAnswer, ReviewCard } from '#src/state/review-model.ts';
import { Notice } from '#src/ui/notice.tsx';
import { AnswerBar } from './answer-bar.tsx';
import classes from './answer-section.module.css';
import { AnsweredMore, AnsweredPanel } from './answered-panel.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { DeliveryLine } from './delivery-line.tsx';
import { FormsMissing, lateForms } from './late-forms.tsx';
import { isDue, standingOf } from './queue-state.ts';
import type { NextCard } from './recommendation-card.tsx';
import type { ReviewContext } from './review-context.ts';
import { type CardFlow, useCardFlow } from './use-card-flow.ts';

export interface AnswerSectionProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly measures: () => AnswerMeasures;
  readonly next: NextCard | undefined;
}

interface PanelProps extends AnswerSectionProps {
  readonly flow: CardFlow;
  /** Changes whenever something above may have moved the buttons. */
  readonly layoutKey: string;
  readonly forms: ReturnType<typeof lateForms.useLate>;
}

function Panel({ card, context, flow, layoutKey, forms }: PanelProps) {
  const wanted = flow.draft.panel !== 'choose';
  useEffect(() => {
    if (wanted) void lateForms.load();
  }, [wanted]);
  if (!wanted) return <AnswerBar card={card} flow={flow} layoutKey={layoutKey} />;
  if (forms.kind !== 'there')
    return <FormsMissing failed={forms.kind === 'failed'} onClose={flow.close} />;
  const { AnswerForm } = forms.part;
  return <AnswerForm card={card} context={context} flow={flow} />;
}

const layoutKeyOf = ({ detail }: ReviewCard): string =>
  [
    detail.pending,
    detail.evidence.length,
    detail.chartChanges.length,
    detail.problems.length,
  ].join();

type Tone = 'ok' | 'neutral' | 'warn' | 'danger';

/** The colour repeats what the words say: arrived or on its way, needs attention, refused. */
function toneOfDelivery(delivery: DeliveryState | undefined): Tone {
  if (delivery === undefined) return 'ok';
  if (delivery.state === 'rejected') return 'danger';
  if (delivery.state === 'held' || delivery.state === 'sending')
    return delivery.durable ? 'ok' : 'warn';
  return delivery.state === 'stored' ? 'ok' : 'warn';
}

/** A deferral that arrived is not done: it comes back. */
function toneOf({ answer, delivery }: CardAnswer): Tone {
  const tone = toneOfDelivery(delivery);
  return tone === 'ok' && answer.response === 'deferred' ? 'neutral' : tone;
}

/** Where the answer is given, and afterwards where it is said what became of it. */
export function AnswerSection(props: AnswerSectionProps) {
  const { card, context, measures, next } = props;
  const { recommendation } = card.detail;
  const headingId = useId();
  // Here and not below: the keyboard moves to a form once this is drawn with it.
  const forms = lateForms.useLate();
  const flow = useCardFlow({
    card,
    actions: context.actions,
    draft: context.drafts.get(recommendation.id, card.mine?.answer.answeredAt),
    onDraft: (draft) => context.drafts.set(recommendation.id, draft),
    measures,
  });
  const asked = flow.draft.panel !== 'choose' || flow.draft.amends !== undefined;
  const answered = standingOf(card) !== 'open' && !asked && !isDue(card, context.now);
  const closed = recommendation.status !== 'current';
  return (
    <section
      aria-labelledby={headingId}
      className={classes.section}
      data-sticks={!answered && !closed && flow.draft.panel === 'choose'}
      data-tone={answered && card.mine ? toneOf(card.mine) : undefined}
      ref={flow.section}
    >
      <h3 className={classes.heading} id={headingId}>
        Your answer
      </h3>
      <ConflictNotice card={card} context={context} flow={flow} />
      {answered && card.mine ? (
        <AnsweredPanel card={card} context={context} flow={flow} mine={card.mine} />
      ) : null}
      <DeliveryLine context={context} delivered={answered ? card.mine : undefined} flow={flow} />
      {answered && card.mine ? (
        <AnsweredMore context={context} flow={flow} mine={card.mine} next={next} />
      ) : null}
      {!answered && !closed ? (
        <Panel {...props} flow={flow} forms={forms} layoutKey={layoutKeyOf(card)} />
      ) : null}
      {!answered && closed ? (
        <p className={classes.closed}>This recommendation is history and takes no answer.</p>
      ) : null}
      {flow.error ? <Notice alert title={flow.error} tone="error" /> : null}
    </section>
  );
}
