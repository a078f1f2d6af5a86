import { Skeleton } from '@mantine/core';
import { VisuallyHidden } from '#src/ui/visually-hidden.tsx';
import classes from './queue-skeleton.module.css';

/** As tall as one open card and two closed ones, so that little moves when they arrive. */
export function QueueSkeleton() {
  return (
    <>
      <VisuallyHidden>Loading recommendations</VisuallyHidden>
      <div aria-hidden="true" className={classes.card}>
        <Skeleton height={14} width="55%" />
        <Skeleton height={20} mt={10} width="90%" />
        <Skeleton height={44} mt={22} width="100%" />
        <Skeleton height={14} mt={26} width="100%" />
        <Skeleton height={14} mt={12} width="100%" />
        <Skeleton height={14} mt={12} width="100%" />
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
