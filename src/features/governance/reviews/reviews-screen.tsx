import { useReviewWork } from '#src/state/governance/reviews.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Failed, Frame } from '../frame.tsx';
import classes from '../governance.module.css';
import { AnnouncedActions } from './reviews-announced.tsx';
import { ReviewDrawForm } from './reviews-draw-form.tsx';
import { ReviewNextCase } from './reviews-next-case.tsx';
import { ReviewPlanCard } from './reviews-plan-card.tsx';
import { SecondReadings } from './reviews-second.tsx';
import { TrainingData } from './training-data.tsx';

/** Whether answers were right: second readings, the next case for this reviewer, and what came of it. */
export function ReviewsScreen() {
  const { data, error } = useReviewWork();
  const { may } = useRights();
  return (
    <Frame title="Reviews">
      {error && <Failed error={error} />}
      {!data && !error && <p role="status">Reading the reviews …</p>}
      {data && (
        <div className={classes.stack}>
          <SecondReadings readings={data.readings} />
          {may('review') && <ReviewNextCase work={data} />}
          <h2 className={classes.heading}>Samples</h2>
          <p className={classes.more}>
            An override is not an error. Two reviewers judge each drawn override apart from one
            another, without the name of who gave it.
          </p>
          {data.plans.map((plan) => (
            <ReviewPlanCard given={data.given} key={plan.id} plan={plan} />
          ))}
          {may('plan-review') && <ReviewDrawForm />}
          <AnnouncedActions checks={data.actions} />
          <TrainingData />
        </div>
      )}
    </Frame>
  );
}
