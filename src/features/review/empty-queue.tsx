import type { ReviewModel } from '#src/state/review-model.ts';
import classes from './empty-queue.module.css';

/** None is an answer too, so it is said; and it never claims more than was looked at. */
export function EmptyQueue({ model }: { readonly model: ReviewModel }) {
  const complete = model.notices.length === 0 && model.unreadable.length === 0;
  return (
    <div className={classes.empty}>
      <p className={classes.headline}>
        {complete ? 'No open AI recommendations' : 'No recommendation can be shown'}
      </p>
      <p className={classes.text}>
        {complete
          ? 'No model has a current recommendation to show for this patient. That is no statement about the patient’s risk.'
          : 'There may be some: not everything could be read. See the notice above.'}
      </p>
    </div>
  );
}
