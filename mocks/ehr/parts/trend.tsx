import { isAbnormal, type Result } from '../readers/observation.ts';
import styles from './trend.module.css';

const W = 64;
const H = 20;
const PAD = 3;

/** The course of the values beside it; the table has the numbers, so it is hidden from readers. */
export function Trend({ values }: { readonly values: readonly Result[] }) {
  const points = values.flatMap((result) =>
    result.value === undefined ? [] : [{ at: Date.parse(result.at ?? ''), value: result.value }],
  );
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 2) return null;
  const numbers = points.map((point) => point.value);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const x = (at: number) => PAD + ((at - first.at) / (last.at - first.at || 1)) * (W - 2 * PAD);
  const y = (value: number) =>
    high === low ? H / 2 : H - PAD - ((value - low) / (high - low)) * (H - 2 * PAD);
  const path = points.map((point) => `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`);
  const abnormal = isAbnormal(values.at(-1)?.flag ?? '');
  return (
    <svg className={styles.trend} width={W} height={H} viewBox={`0 0 ${W} ${H}`} aria-hidden="true">
      <polyline points={path.join(' ')} />
      <circle cx={x(last.at)} cy={y(last.value)} r="2.4" data-abnormal={abnormal} />
    </svg>
  );
}
