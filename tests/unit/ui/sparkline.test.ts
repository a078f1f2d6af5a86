import { describe, expect, it } from 'vitest';
import { placeSpark } from '#src/ui/sparkline-geometry.ts';

const BOX = { width: 100, height: 20, pad: 0 };
const at = (hour: number, value: number) => ({
  value,
  at: `2026-03-14T${String(hour).padStart(2, '0')}:00:00Z`,
});

describe('sparkline', () => {
  it('places by time, not by count', () => {
    const spark = placeSpark([at(0, 1), at(1, 2), at(4, 3)], undefined, BOX);
    expect(spark?.points.map(({ x }) => x)).toEqual([0, 25, 100]);
    expect(spark?.points.map(({ y }) => y)).toEqual([20, 10, 0]);
  });

  it('sorts, and leaves out what has no time or number', () => {
    const spark = placeSpark([at(4, 3), { text: 'x' }, { value: 9 }, at(0, 1)], undefined, BOX);
    expect(spark?.points.map(({ value }) => value)).toEqual([1, 3]);
  });

  it('keeps the reference range in the picture, also when it is open at one end', () => {
    expect(placeSpark([at(0, 4), at(1, 4)], { low: 0, high: 2 }, BOX)?.band).toEqual({
      y: 10,
      height: 10,
    });
    expect(placeSpark([at(0, 0), at(1, 4)], { high: 2 }, BOX)?.band).toEqual({ y: 10, height: 10 });
    expect(placeSpark([at(0, 0), at(1, 4)], { low: 2 }, BOX)?.band).toEqual({ y: 0, height: 10 });
  });

  it('draws nothing from one value, and survives equal values and times', () => {
    expect(placeSpark([at(0, 1)], undefined, BOX)).toBeUndefined();
    expect(placeSpark([], undefined, BOX)).toBeUndefined();
    const flat = placeSpark([at(0, 1), at(0, 1)], undefined, BOX);
    expect(flat?.points.every(({ x, y }) => x === 50 && y === 10)).toBe(true);
  });
});
