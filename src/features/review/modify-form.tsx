import { useId } from 'react';
import type { ActionTaken } from '#src/domain/feedback.ts';
import type { AlternativeAction } from '#src/state/review-model.ts';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { FormHead } from '#src/ui/form-head.tsx';
import { GuardedButton, useArmed } from '#src/ui/guarded-button.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from './answer-form.module.css';
import type { CardFlow } from './use-card-flow.ts';

export interface ModifyFormProps {
  readonly alternatives: readonly AlternativeAction[];
  readonly flow: CardFlow;
}

const trimmed = (text: string) => (text.trim() === '' ? undefined : text.trim());

/** What was done instead: one press on a configured alternative, or words and Save. */
export function ModifyForm({ alternatives, flow }: ModifyFormProps) {
  const headingId = useId();
  const armed = useArmed('modify') && !flow.busy;
  const text = trimmed(flow.draft.doneInstead);
  const save = (actionTaken: ActionTaken | undefined) =>
    flow.answer({
      response: 'accepted-modified',
      reasons: [],
      ...(actionTaken === undefined ? {} : { actionTaken }),
    });
  return (
    <FieldGroup aria-labelledby={headingId} data-focus-place="modify">
      <FormHead id={headingId} onBack={flow.close} title="Accept with changes" />
      {alternatives.length > 0 ? (
        <div className={classes.choices}>
          {alternatives.map(({ label, coding }) => (
            <GuardedButton
              armed={armed}
              key={`${coding.system}|${coding.code}`}
              look="large"
              onActivate={() =>
                save({
                  coding: { display: label, ...coding },
                  ...(text === undefined ? {} : { text }),
                })
              }
              tone="plain"
            >
              {label}
            </GuardedButton>
          ))}
        </div>
      ) : null}
      <TextBox
        hint="For example: cultures now, antibiotics after review"
        label="What was done instead"
        onChange={(value) => flow.change({ doneInstead: value })}
        value={flow.draft.doneInstead}
      />
      <div className={classes.foot}>
        <GuardedButton
          armed={armed}
          look="large"
          onActivate={() => save(text === undefined ? undefined : { text })}
        >
          {text === undefined ? 'Save without saying what' : 'Save'}
        </GuardedButton>
      </div>
    </FieldGroup>
  );
}
