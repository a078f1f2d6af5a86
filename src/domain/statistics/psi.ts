/** Added to every bin, so that an empty one does not make the index infinite. */
const ADDED = 0.5;

/**
 * Population stability index Σ(aᵢ−eᵢ)ln(aᵢ/eᵢ) of counts over the same fixed bins; half a row is added
 * to each bin. 0.1 and 0.25 are conventions, not tests: with few rows chance alone gives more, about
 * (bins−1)(1/n+1/m) (Yurdakul and Naranjo 2020, J Risk Model Validation 14:89). Undefined without
 * rows on either side.
 */
export function psi(actual: readonly number[], expected: readonly number[]): number | undefined {
  const total = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0);
  if (total(actual) === 0 || total(expected) === 0) return undefined;
  const bins = Math.max(actual.length, expected.length);
  const share = (counts: readonly number[], i: number): number =>
    ((counts[i] ?? 0) + ADDED) / (total(counts) + ADDED * bins);
  return Array.from({ length: bins }, (_, i) => i).reduce((sum, i) => {
    const [a, e] = [share(actual, i), share(expected, i)];
    return sum + (a - e) * Math.log(a / e);
  }, 0);
}

/** What PSI chance alone gives on average with these sizes. */
export const psiByChance = (bins: number, actual: number, expected: number): number =>
  (bins - 1) * (1 / actual + 1 / expected);
