import { useId, useState } from 'react';
import {
  mayDiscard,
  mayEdit,
  mayRetry,
  type WaitingAnswer,
} from '#src/domain/outbox/waiting-desk.ts';
import { waitingWords } from '#src/domain/outbox/waiting-words.ts';
import { Button } from '#src/ui/button.tsx';
import { formatShortTime } from '#src/ui/format/date-time.ts';
import { clipText, plural } from '#src/ui/format/text.ts';
import { ageOf, answerLine, patientOf, titleOf } from './answer-line.ts';
import { DiscardForm } from './discard-form.tsx';
import { EditForm } from './edit-form.tsx';
import type { OneAtATime } from './use-one-at-a-time.ts';
import classes from './waiting-item.module.css';
import type { WaitingDialogProps } from './waiting-props.ts';

export interface WaitingItemProps extends WaitingDialogProps {
  readonly one: WaitingAnswer;
  readonly work: OneAtATime;
}

/** One answer that waits. */
export function WaitingItem(props: WaitingItemProps) {
  const { one, now, reasons, placeName } = props;
  const { item, said, others = [] } = one;
  const id = useId();
  const [form, setForm] = useState<'edit' | 'discard'>();
  const { title, explanation, cure } = waitingWords(item);
  const since = new Date(item.createdAt).toISOString();
  const there = others.filter(({ phase }) => phase === 'delivered');
  const close = () => setForm(undefined);
  return (
    <article aria-labelledby={id} className={classes.item} data-phase={item.phase}>
      <h3 className={classes.title} id={id}>
        {titleOf(item)}
      </h3>
      <p className={classes.about}>
        {patientOf(item)} · {answerLine(item, reasons)}
      </p>
      <p className={classes.why}>
        <strong>{others.length > 0 ? `${placeName(item.sink)}: ${title}` : title}.</strong>{' '}
        {explanation}
      </p>
      {said ? <p className={classes.about}>The server says: {clipText(said, 300)}</p> : null}
      <p className={classes.why}>{cure}</p>
      {there.length > 0 ? (
        <p className={classes.about}>
          Already in: {there.map(({ sink }) => placeName(sink)).join(', ')}
        </p>
      ) : null}
      <p className={classes.about}>
        {item.kind === 'report' ? 'Reported' : 'Answered'} {formatShortTime(since, now)}, waits{' '}
        {ageOf(item.createdAt, now)} ·{' '}
        {item.attempts === 0 ? 'not sent yet' : plural(item.attempts, 'attempt')}
      </p>
      {form === 'edit' && item.answer ? (
        <EditForm {...props} answer={item.answer} onClose={close} />
      ) : null}
      {form === 'discard' ? <DiscardForm {...props} onClose={close} /> : null}
      {form === undefined ? <Choices {...props} onForm={setForm} /> : null}
    </article>
  );
}

interface ChoicesProps extends WaitingItemProps {
  readonly onForm: (form: 'edit' | 'discard') => void;
}

function Choices({ one, actions, work, onForm }: ChoicesProps) {
  const { item } = one;
  const retry = async () => {
    await actions.retry(item.id);
    return 'It is being tried again.';
  };
  return (
    <div className={classes.choices}>
      {item.phase === 'waiting-sign-in' ? <Button onClick={actions.signIn}>Sign in</Button> : null}
      {mayRetry(item) ? (
        <Button disabled={work.busy} onClick={() => work.run(retry)}>
          Try again
        </Button>
      ) : null}
      {mayEdit(one) ? <Button onClick={() => onForm('edit')}>Edit and send again</Button> : null}
      {mayDiscard(one) ? (
        <Button look="quiet" onClick={() => onForm('discard')}>
          Discard
        </Button>
      ) : null}
    </div>
  );
}
