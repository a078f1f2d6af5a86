import { Skeleton } from '#src/ui/skeleton.tsx';
import { VisuallyHidden } from '#src/ui/visually-hidden.tsx';
import classes from './queue-skeleton.module.css';

/** As tall as one open card and two closed ones, so that little moves when they arrive. */
export function QueueSkeleton() {
  return (
    <>
      <VisuallyHidden>Loading recommendations</VisuallyHidden>
      <div aria-hidden="true" className={classes.card}>
        <Skeleton height={14} width="55%" />
        <Skeleton height={20} above={10} width="90%" />
        <Skeleton height={44} above={22} />
        <Skeleton height={14} above={26} />
        <Skeleton height={14} above={12} />
        <Skeleton height={14} above={12} />
        <div className={classes.buttons}>
          <Skeleton height={44} />
          <Skeleton height={44} />
          <Skeleton height={44} />
          <Skeleton height={44} />
        </div>
      </div>
      <div aria-hidden="true" className={classes.row}>
        <Skeleton height={16} width="70%" />
      </div>
      <div aria-hidden="true" className={classes.row}>
        <Skeleton height={16} width="60%" />
      </div>
    </>
  );
}
