/** Sample quantile, linear between order statistics (type 7 of Hyndman and Fan 1996, R's default). */
export function quantile(values: readonly number[], p: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  return below === undefined || above === undefined
    ? undefined
    : below + (above - below) * (at - Math.floor(at));
}
