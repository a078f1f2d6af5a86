const TINY = 1e-300;
const ENOUGH = 1e-16;
const MOST_STEPS = 10_000;

const offZero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/**
 * b(0) + a(1)/(b(1) + a(2)/(b(2) + …)) by the modified Lentz method (Thompson and Barnett 1986).
 * NaN where it does not settle.
 */
export function continuedFraction(a: (i: number) => number, b: (i: number) => number): number {
  let value = offZero(b(0));
  let up = value;
  let down = 0;
  for (let i = 1; i <= MOST_STEPS; i++) {
    up = offZero(b(i) + a(i) / up);
    down = 1 / offZero(b(i) + a(i) * down);
    const change = up * down;
    value *= change;
    if (Math.abs(change - 1) <= ENOUGH * 4) return value;
  }
  return Number.NaN;
}
