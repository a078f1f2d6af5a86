import { useEffect, useId, useRef } from 'react';
import { Button } from '#src/ui/button.tsx';
import { plural } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import { ageOf } from './answer-line.ts';
import { HelpDesk } from './help-desk.tsx';
import { useOneAtATime } from './use-one-at-a-time.ts';
import classes from './waiting-dialog.module.css';
import { WaitingItem } from './waiting-item.tsx';
import type { WaitingDialogProps } from './waiting-props.ts';

/** Everything that is on this device and on no server: what, why, and what can be done about it. */
export function WaitingDialog(props: WaitingDialogProps) {
  const { waiting, durable, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  const work = useOneAtATime();
  useEffect(() => {
    dialog.current?.showModal();
    // The heading and not a button: no key that is still down decides anything.
    heading.current?.focus();
  }, []);
  const { length } = waiting.own;
  useEffect(() => {
    // The item that had the keyboard is gone.
    if (length >= 0 && document.activeElement === document.body) heading.current?.focus();
  }, [length]);
  return (
    <dialog aria-labelledby={headingId} className={classes.dialog} onClose={onClose} ref={dialog}>
      <div className={classes.head}>
        <h2 className={classes.title} id={headingId} ref={heading} tabIndex={-1}>
          Answers that wait
        </h2>
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
      <Summary {...props} />
      {waiting.own.length > 0 ? (
        <ul className={classes.items}>
          {waiting.own.map((one) => (
            <li key={one.item.id}>
              <WaitingItem {...props} one={one} work={work} />
            </li>
          ))}
        </ul>
      ) : null}
      {waiting.elsewhere.count > 0 ? <Elsewhere {...props} /> : null}
      <p className={classes.said} role="status">
        {work.said}
      </p>
      {work.error ? <Notice alert title={work.error} tone="error" /> : null}
      <HelpDesk {...props} work={work} />
      {durable ? null : (
        <Notice title="Keep this open" tone="warning">
          <p>This device keeps nothing: what is not sent is lost when this window is closed.</p>
        </Notice>
      )}
    </dialog>
  );
}

function Summary({ waiting }: WaitingDialogProps) {
  const { own, attention } = waiting;
  if (own.length === 0)
    return <p className={classes.summary}>All your answers have reached the server.</p>;
  return (
    <p className={classes.summary}>
      {plural(own.length, 'answer')} of yours {own.length === 1 ? 'is' : 'are'} not on the server
      yet.
      {attention > 0
        ? ` ${attention === own.length ? 'Each' : attention} of them needs you.`
        : ' Nothing here is lost; each is sent as soon as it can be.'}
    </p>
  );
}

function Elsewhere({ waiting, now }: WaitingDialogProps) {
  const { count, oldestAt } = waiting.elsewhere;
  const since = oldestAt === undefined ? '' : `, the oldest for ${ageOf(oldestAt, now)}`;
  return (
    <Notice title={`${plural(count, 'answer')} of other users of this machine`} tone="info">
      <p>
        {count === 1 ? 'It waits' : 'They wait'} here{since}, and {count === 1 ? 'is' : 'are'} sent
        when {count === 1 ? 'its user signs' : 'their users sign'} in. Nobody else can open{' '}
        {count === 1 ? 'it' : 'them'}.
      </p>
    </Notice>
  );
}
