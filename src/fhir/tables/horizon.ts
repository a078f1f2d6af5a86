import { period, quantity } from '../datatypes.ts';
import { get } from '../read.ts';
import { exactTime } from './exact-time.ts';

/** UCUM and the words that producers write instead, in hours. */
const HOURS: Readonly<Record<string, number>> = {
  min: 1 / 60,
  h: 1,
  hour: 1,
  hours: 1,
  d: 24,
  day: 24,
  days: 24,
  wk: 168,
};

/**
 * Hours within which a RiskAssessment's prediction says that the outcome comes. A range with an
 * unknown unit gives nothing: a horizon that is guessed would decide what counts as missed.
 */
export function horizonHours(prediction: unknown, producedAt: number | null): number | null {
  const high = quantity(get(get(prediction, 'whenRange'), 'high'));
  const unit = high?.code ?? high?.unit ?? '';
  const factor = Object.hasOwn(HOURS, unit) ? HOURS[unit] : undefined;
  if (high !== undefined) return factor === undefined ? null : high.value * factor;
  const { at } = exactTime(period(get(prediction, 'whenPeriod')).end);
  const start = exactTime(period(get(prediction, 'whenPeriod')).start).at ?? producedAt;
  if (at === null || start === null) return null;
  return at < start ? null : (at - start) / 3_600_000;
}
