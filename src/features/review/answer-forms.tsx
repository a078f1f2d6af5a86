import type { AnswerFormProps } from './answer-form-props.ts';
import { DeferForm } from './defer-form.tsx';
import { ModifyForm } from './modify-form.tsx';
import { ReasonGroup } from './reason-group.tsx';

/** The second step of an answer, each under the button that opens it. */
export function AnswerForm({ card, context, flow }: AnswerFormProps) {
  const { kind } = card;
  const { categories, clock, now } = context;
  switch (flow.draft.panel) {
    case 'override':
      return <ReasonGroup categories={categories} flow={flow} kind={kind} />;
    case 'modify':
      return <ModifyForm alternatives={card.alternatives ?? []} flow={flow} />;
    case 'defer':
      return <DeferForm clock={clock} flow={flow} minutes={kind.deferMinutes} now={now} />;
    case 'choose':
      return null;
  }
}
