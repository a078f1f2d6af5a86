import { type KeyboardEvent, useId, useState } from 'react';
import type { Coding } from '#src/domain/coding.ts';
import type { KindConfig, ReasonOption } from '#src/domain/site-config.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { FormHead } from '#src/ui/form-head.tsx';
import { GuardedButton, useArmed } from '#src/ui/guarded-button.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import { MoreReasons } from './more-reasons.tsx';
import classes from './reason-group.module.css';
import type { ReasonHeading } from './review-props.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface ReasonGroupProps {
  readonly kind: KindConfig;
  readonly categories: readonly ReasonHeading[];
  readonly flow: CardFlow;
}

const commentOf = (comment: string) => (comment.trim() === '' ? {} : { comment: comment.trim() });

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/** A digit chooses a reason only while the keyboard is inside the group (WCAG 2.1.4). */
const digitOf = (event: KeyboardEvent): number | undefined => {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat;
  const digit = Number(event.key);
  return plain && !isTyping(event.target) && digit >= 1 && digit <= 9 ? digit : undefined;
};

interface ReasonsProps {
  readonly options: readonly ReasonOption[];
  readonly armed: boolean;
  readonly onChoose: (reason: Coding) => void;
}

function Reasons({ options, armed, onChoose }: ReasonsProps) {
  return (
    <div className={classes.reasons}>
      {options.map(({ label, coding, tone }, index) => (
        <GuardedButton
          aria-keyshortcuts={String(index + 1)}
          armed={armed}
          className={classes.reason}
          key={`${coding.system}|${coding.code}`}
          look="large"
          onActivate={() => onChoose(coding)}
          tone={tone ?? 'plain'}
        >
          <span>{label}</span>
          <span aria-hidden="true" className={classes.key}>
            {index + 1}
          </span>
        </GuardedButton>
      ))}
    </div>
  );
}

/** One press on a reason saves the override with it. A comment may be typed before, or after. */
export function ReasonGroup({ kind, categories, flow }: ReasonGroupProps) {
  const headingId = useId();
  const armed = useArmed('override') && !flow.busy;
  const [more, setMore] = useState(false);
  const { comment } = flow.draft;
  const options = kind.reasons.slice(0, 8);
  const save = (reasons: readonly Coding[]) =>
    flow.answer({ response: 'overridden', reasons, ...commentOf(comment) });
  const onKeyDown = (event: KeyboardEvent) => {
    const option = options[(digitOf(event) ?? 0) - 1];
    if (option && armed) save([option.coding]);
  };
  return (
    <FieldGroup aria-labelledby={headingId} data-focus-place="override" onKeyDown={onKeyDown}>
      <FormHead id={headingId} onBack={flow.close} title="Reason for override" />
      <TextBox
        hint="Optional. Choosing a reason saves both."
        label="Comment"
        onChange={(value) => flow.change({ comment: value })}
        value={comment}
      />
      <Reasons armed={armed} onChoose={(reason) => save([reason])} options={options} />
      <div className={classes.foot}>
        {categories.length > 0 ? (
          <Button aria-expanded={more} look="quiet" onClick={() => setMore(!more)}>
            More reasons
          </Button>
        ) : null}
        {kind.reasonRequired ? (
          <p className={classes.required}>This model needs a reason.</p>
        ) : (
          <GuardedButton armed={armed} look="quiet" onActivate={() => save([])}>
            Override without a reason
          </GuardedButton>
        )}
      </div>
      {more ? (
        <MoreReasons armed={armed} categories={categories} onChoose={(reason) => save([reason])} />
      ) : null}
    </FieldGroup>
  );
}
