import classes from './probability-bar.module.css';

export interface ProbabilityBarProps {
  /** 0–1. */
  readonly fraction: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** The share of 100, always on the full scale; the number beside it says it in words. */
export function ProbabilityBar({ fraction, low, high }: ProbabilityBarProps) {
  return (
    <svg aria-hidden="true" className={classes.bar} preserveAspectRatio="none" viewBox="0 0 100 10">
      <rect className={classes.track} height={10} width={100} />
      <rect className={classes.fill} height={10} width={Math.max(1, fraction * 100)} />
      {low !== undefined && high !== undefined ? (
        <line className={classes.interval} x1={low * 100} x2={high * 100} y1={5} y2={5} />
      ) : null}
    </svg>
  );
}
