/**
 * Fixed bins of a score. Probabilities: steps of 0.2 on the logit scale, narrow where small
 * probabilities differ much; points: whole numbers, floored.
 */
const STEP = 0.2;
const FURTHEST = 35;

/** The bin, from −35 to 35 for a probability. */
export function scoreBin(score: number, scale: string | null): number {
  if (scale !== 'probability') return Math.floor(score);
  const logit = Math.log(score / (1 - score));
  return Math.max(-FURTHEST, Math.min(FURTHEST, Math.floor(logit / STEP)));
}

/** Probabilities are summed in whole millionths, so that sums are integers and merge exactly. */
export const MILLIONTHS = 1_000_000;
