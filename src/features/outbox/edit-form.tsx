import { useEffect, useId, useRef, useState } from 'react';
import { sameCode } from '#src/domain/coding.ts';
import type { Answer, Choice } from '#src/domain/feedback.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { Select } from '#src/ui/select.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from './waiting-item.module.css';
import type { WaitingItemProps } from './waiting-item.tsx';

interface EditFormProps extends WaitingItemProps {
  readonly answer: Answer;
  readonly onClose: () => void;
}

const KEEP = -1;

/** Other words for an answer that the server refused; what was decided stays as it is. */
export function EditForm({ one, answer, reasons, actions, work, onClose }: EditFormProps) {
  const { id } = one.item;
  const headingId = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const known = reasons.findIndex(({ coding }) => answer.reasons.some((r) => sameCode(r, coding)));
  const [comment, setComment] = useState(answer.comment ?? '');
  const [chosen, setChosen] = useState(known);
  useEffect(() => group.current?.focus(), []);
  const send = async () => {
    const reason = chosen === known ? undefined : reasons[chosen]?.coding;
    const change: Partial<Choice> = {
      comment: comment.trim(),
      ...(reason && { reasons: [reason, ...answer.reasons.slice(1)] }),
    };
    if (!(await actions.resend(id, change)))
      throw new Error('It has moved on meanwhile. Nothing was changed; look at it again.');
    onClose();
    return 'Changed. It is being sent again.';
  };
  return (
    <FieldGroup aria-labelledby={headingId} className={classes.form} ref={group}>
      <h4 className={classes.formTitle} id={headingId}>
        Edit and send again
      </h4>
      {answer.response === 'overridden' && reasons.length > 0 ? (
        <Select
          label="Reason"
          look="wide"
          onChoose={(value) => setChosen(Number(value))}
          options={[
            ...(known === KEEP ? [[String(KEEP), 'As it is'] as const] : []),
            ...reasons.map(({ label }, index) => [String(index), label] as const),
          ]}
          value={String(chosen)}
        />
      ) : null}
      <TextBox label="Comment" onChange={setComment} value={comment} />
      <div className={classes.choices}>
        <Button disabled={work.busy} onClick={() => work.run(send)}>
          Send again
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </FieldGroup>
  );
}
