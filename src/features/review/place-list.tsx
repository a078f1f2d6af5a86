import { type DeliveryState, deliveryLabel } from '#src/domain/delivery.ts';
import type { NamedPlace } from '#src/state/review-model.ts';
import { clipText } from '#src/ui/format/text.ts';
import { lostWords } from './lost-words.ts';
import classes from './place-list.module.css';

function why(delivery: DeliveryState): string | undefined {
  switch (delivery.state) {
    case 'degraded':
      return `Not kept: ${delivery.lost.map(lostWords).join(', ')}.`;
    case 'rejected':
    case 'unknown':
      return delivery.reason;
    default:
      return undefined;
  }
}

/** Held on while the rest has left: it goes with the others of this session. */
const placeLabel = (delivery: DeliveryState): string =>
  delivery.state === 'held' ? 'When you leave this chart' : (deliveryLabel(delivery) ?? '');

/** An answer that goes to several places: where it is in each of them. */
export function PlaceList({ places }: { readonly places: readonly NamedPlace[] }) {
  return (
    <ul aria-label="Where this answer is" className={classes.places}>
      {places.map(({ name, required, delivery }) => {
        const more = why(delivery);
        return (
          <li data-state={delivery.state} key={name}>
            <span className={classes.name}>{name}</span>
            {required ? ': ' : ' (optional): '}
            <span className={classes.state}>{placeLabel(delivery)}</span>
            {more ? <span className={classes.why}> {clipText(more, 300)}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
