/** c₀ + c₁x + c₂x² + … by Horner's rule. */
export const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);
