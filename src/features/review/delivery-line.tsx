import { type DeliveryState, deliveryLabel } from '#src/domain/delivery.ts';
import type { CardAnswer } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { formatShortTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import classes from './delivery-line.module.css';
import { lostWords } from './lost-words.ts';
import { PlaceList } from './place-list.tsx';
import type { ReviewContext } from './review-context.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface DeliveryLineProps {
  readonly delivered: CardAnswer | undefined;
  readonly context: ReviewContext;
  readonly flow: CardFlow;
}

const UNDO_SECONDS = 10;

/** `now` ticks once a second and may lag: never more is promised than there is. */
export const secondsLeft = (delivery: DeliveryState | undefined, now: number): number =>
  delivery?.state === 'held'
    ? Math.min(UNDO_SECONDS, Math.max(0, Math.ceil((Date.parse(delivery.until) - now) / 1000)))
    : 0;

/** Beside the state, not in it: a countdown must not be read out every second. */
function Aside({ delivery, now }: { readonly delivery: DeliveryState; readonly now: number }) {
  switch (delivery.state) {
    case 'held': {
      const left = secondsLeft(delivery, now);
      return left > 0 ? (
        <span aria-hidden="true">
          sends in {left}
          {'\u00a0'}s
        </span>
      ) : (
        <span>sending</span>
      );
    }
    case 'sending':
      return <span>sending</span>;
    case 'stored':
    case 'degraded':
      return <span>{formatShortTime(delivery.at, now)}</span>;
    case 'unknown':
      return <span>no reply from the server yet</span>;
    default:
      return null;
  }
}

function Cure({
  mine,
  context,
  flow,
}: { mine: CardAnswer } & Omit<DeliveryLineProps, 'delivered'>) {
  const { delivery, answer } = mine;
  if (delivery?.state === 'waiting-sign-in') {
    return <Button onClick={context.actions.signIn}>Sign in</Button>;
  }
  if (delivery?.state === 'rejected' || delivery?.state === 'unknown') {
    return (
      <Button disabled={flow.busy} onClick={() => flow.run(() => context.actions.retry(answer.id))}>
        Try again
      </Button>
    );
  }
  return null;
}

function Explanation({ delivery }: { readonly delivery: DeliveryState }) {
  switch (delivery.state) {
    case 'degraded':
      return (
        <p className={classes.text}>
          The server kept your answer but not: {delivery.lost.map(lostWords).join(', ')}.
        </p>
      );
    case 'rejected':
      return (
        <p className={classes.text}>
          The server did not take it: {clipText(delivery.reason, 300)}
          {delivery.durable ? ' It is kept on this device.' : ' Keep this open or answer again.'}
        </p>
      );
    case 'unknown':
      return <p className={classes.text}>{clipText(delivery.reason, 300)}</p>;
    case 'waiting-patient':
      return <p className={classes.text}>It is sent when this patient’s chart is opened again.</p>;
    case 'waiting-sign-in':
      return (
        <p className={classes.text}>
          {delivery.durable
            ? 'It is sent as soon as you are signed in.'
            : 'It can be sent only while you are signed in.'}
        </p>
      );
    default:
      return null;
  }
}

/** While all of it is held, there is one thing to say. */
function placesWorthTelling(delivered: CardAnswer | undefined) {
  const { places = [] } = delivered ?? {};
  return places.some(({ delivery }) => delivery.state !== 'held') ? places : undefined;
}

/**
 * Where the answer is. The live region is always in the page and holds the words of the state only,
 * so that a screen reader hears each change once.
 */
export function DeliveryLine({ delivered, context, flow }: DeliveryLineProps) {
  const delivery = delivered?.delivery;
  const partly = placesWorthTelling(delivered);
  const label = delivered ? (delivery ? deliveryLabel(delivery) : 'Sent') : undefined;
  return (
    <div
      className={classes.delivery}
      data-state={delivered ? (delivery?.state ?? 'stored') : 'none'}
    >
      <p className={classes.line}>
        <span className={classes.status} role="status">
          {label}
        </span>
        {delivery ? <Aside delivery={delivery} now={context.now} /> : null}
      </p>
      {delivery && !partly ? <Explanation delivery={delivery} /> : null}
      {partly ? <PlaceList places={partly} /> : null}
      {delivered ? <Cure context={context} flow={flow} mine={delivered} /> : null}
    </div>
  );
}
