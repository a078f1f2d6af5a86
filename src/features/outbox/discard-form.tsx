import { useEffect, useId, useRef, useState } from 'react';
import { DISCARD_TEXT_MAX, type DiscardReason } from '#src/domain/outbox/discard.ts';
import { DISCARD_REASONS } from '#src/domain/outbox/waiting-words.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { GuardedButton, useArmed } from '#src/ui/guarded-button.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from './waiting-item.module.css';
import type { WaitingItemProps } from './waiting-item.tsx';

interface DiscardFormProps extends WaitingItemProps {
  readonly onClose: () => void;
}

/** First a reason, then once more: what is discarded reaches nobody. */
export function DiscardForm(props: DiscardFormProps) {
  const { one, actions, work, onClose } = props;
  const headingId = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const [reason, setReason] = useState<DiscardReason>();
  const [text, setText] = useState('');
  const [sure, setSure] = useState(false);
  const armed = useArmed(sure ? 'sure' : 'reason') && !work.busy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step takes the keyboard anew
  useEffect(() => group.current?.focus(), [sure]);
  const discard = async () => {
    if (reason === undefined || !(await actions.discard(one.item.id, { reason, text })))
      throw new Error('It is being sent, or has arrived. Nothing was discarded.');
    return 'Discarded. That it was, and why, is recorded.';
  };
  return (
    <FieldGroup aria-labelledby={headingId} className={classes.form} ref={group}>
      <h4 className={classes.formTitle} id={headingId}>
        {sure ? 'Discard this answer for good?' : 'Why discard it?'}
      </h4>
      {sure ? (
        <p className={classes.why}>
          {one.item.doubts > 0 || one.item.acknowledged
            ? 'It may have reached the server already; discarding does not take it back.'
            : 'The server does not have it. Nobody will see this answer.'}{' '}
          That you discarded it, and the reason, is kept and reported without its content.
        </p>
      ) : (
        <>
          {DISCARD_REASONS.map((option) => (
            <label className={classes.radio} key={option.reason}>
              <input
                checked={reason === option.reason}
                name={headingId}
                onChange={() => setReason(option.reason)}
                type="radio"
              />
              {option.label}
            </label>
          ))}
          <TextBox
            label="In a few words (not about the patient)"
            maxLength={DISCARD_TEXT_MAX}
            onChange={setText}
            value={text}
          />
        </>
      )}
      <div className={classes.choices}>
        {sure ? (
          <GuardedButton armed={armed} onActivate={() => work.run(discard)} tone="danger">
            Discard for good
          </GuardedButton>
        ) : (
          <Button disabled={reason === undefined} onClick={() => setSure(true)}>
            Continue
          </Button>
        )}
        <Button look="quiet" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </FieldGroup>
  );
}
