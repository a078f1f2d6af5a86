import classes from './skeleton.module.css';

export interface SkeletonProps {
  /** CSS pixels. */
  readonly height: number;
  readonly width?: number | string;
  /** Space above, CSS pixels. */
  readonly above?: number;
}

/** As much room as what is on its way will take. */
export const Skeleton = ({ height, width, above }: SkeletonProps) => (
  <div aria-hidden="true" className={classes.bar} style={{ height, width, marginTop: above }} />
);
