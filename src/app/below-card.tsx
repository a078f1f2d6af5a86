import { useEffect } from 'react';
import { SafetyConcern, type SafetyConcernProps } from '#src/features/safety/safety-concern.tsx';
import { useDeps } from '#src/state/deps.ts';
import { latePart } from '#src/ui/late-part.ts';

const lateTraining = latePart(() => import('#src/features/training/training-offer.tsx'));

/** What every open card ends with. */
export function BelowCard(props: SafetyConcernProps) {
  const training = lateTraining.useLate();
  const { clock } = useDeps();
  const { untrained } = props.card;
  // Where it stands before the advice it is fetched at once, else after the first card.
  useEffect(
    () => clock.after(untrained ? 0 : 2_000, () => void lateTraining.load()),
    [clock, untrained],
  );
  return (
    <>
      <SafetyConcern {...props} />
      {training.kind === 'there' ? <training.part.TrainingOffer card={props.card} /> : null}
    </>
  );
}
