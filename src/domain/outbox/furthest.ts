import type { DeliveryState, Place } from '../delivery.ts';

type State = DeliveryState['state'];

/** Worst first: what an answer that must be in several places is told to be. */
const ORDER: readonly State[] = [
  'rejected',
  'waiting-sign-in',
  'waiting-patient',
  'unknown',
  'sending',
  'held',
  'degraded',
  'stored',
  'retracted',
];

const rank = ({ delivery }: Place): number => ORDER.indexOf(delivery.state);

/**
 * One state for an answer that goes to several places: the furthest that is true of every required
 * one. What is only tried says nothing against it. `places`: at least one, those that hold the whole
 * answer first, so that its reference is theirs.
 */
export function furthest(places: readonly [Place, ...Place[]]): DeliveryState {
  const required = places.filter((place) => place.required);
  const counted = required.length > 0 ? required : places;
  const [worst = places[0]] = counted.toSorted((a, b) => rank(a) - rank(b));
  // Part of it has left: there is no taking it back unseen, and nothing to undo.
  const { delivery } = worst;
  if (delivery.state !== 'held' || !places.some(hasLeft)) return delivery;
  return { state: 'sending', durable: delivery.durable };
}

const hasLeft = ({ delivery }: Place): boolean =>
  delivery.state !== 'held' && delivery.state !== 'retracted';
