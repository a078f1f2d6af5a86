import type { TableRow } from '../tables/schema.ts';
import { drawHidden, type Truth } from './accuracy.ts';
import { HOUR_MS, laterWithin } from './calendar.ts';
import type { ModelInWeek } from './model-in-week.ts';
import { chance, logNormal } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import type { Stay } from './rows/carried.ts';
import { type Inference, recommendationRow, scoreRow } from './rows/inference-rows.ts';
import { labelRow } from './rows/outcome-rows.ts';
import type { Setting } from './setting.ts';
import { REPEATED } from './traffic.ts';
import { drawViews, type View } from './view.ts';

/** One model about one encounter: what it said, who saw it, and what it was right about. */
export interface Course {
  readonly model: ModelInWeek;
  readonly stay: Stay;
  readonly truth: Truth;
  readonly stream: Stream;
  /** The patient had got it before the alert came: that hour. */
  readonly treatedAt: number | null;
  readonly firedAt: number;
  readonly views: readonly View[];
}

export interface Scored {
  readonly scores: readonly TableRow<'scores'>[];
  readonly recommendations: readonly TableRow<'recommendations'>[];
  readonly label: TableRow<'outcomes'>;
  /** Where it fired. */
  readonly course: Course | null;
}

const LAG_SPREAD = 0.5;
const REPEAT_MEDIAN_H = 6;
/** Treated so many hours before the alert, at most. */
const TREATED_BEFORE_H = 8;

/** Labels of the streams that one course splits into; a new one takes a new number. */
const STREAM = { repeat: 1, treated: 2, views: 3, answers: 4 } as const;

function infer(id: string, score: number, at: number, repeat: number, own: Stream): Inference {
  return { id, score, at, recordedAt: at + 1_000 + Math.floor(20_000 * own.next()), repeat };
}

/** What a model makes of an encounter; null where it does not look, or is not in use. */
export function drawScored(
  stay: Stay,
  model: ModelInWeek,
  own: Stream,
  weekEnd: number,
  setting: Setting,
): Scored | null {
  const looks = chance(own, model.scored);
  const means = model.means[stay.unit.index];
  if (!looks || !means) return null;
  const { facts, character } = model;
  const event = chance(own, character.prevalence);
  const critical = chance(own, facts.criticalShare);
  const truth: Truth = event ? (critical ? 'critical' : 'event') : 'none';
  const score = model.scoreOf(drawHidden(own, truth, means));
  const lag = logNormal(own, facts.lagHours, LAG_SPREAD) * HOUR_MS;
  const at = laterWithin(stay.arrivedAt, lag, weekEnd, own.next());
  const id = `RiskAssessment/${stay.encounter_id.slice('Encounter/'.length)}-${facts.kind}`;
  const first = infer(id, score, at, 0, own);
  const label = labelRow(own, stay, facts, truth, at);
  if (score < model.threshold)
    return { scores: [scoreRow(first, stay, model)], recommendations: [], label, course: null };
  const inferences = [first, ...repeated(first, own.split(STREAM.repeat), weekEnd)];
  const scores = inferences.map((one) => scoreRow(one, stay, model));
  const recommendations = inferences.map((one) => recommendationRow(one, stay, model));
  const views = recommendations.flatMap((row, i) =>
    drawViews(row, model, stay, own.split(STREAM.views).split(i), weekEnd, setting),
  );
  const treatedAt = drawTreated(stay, model, own.split(STREAM.treated), at);
  const stream = own.split(STREAM.answers);
  const course = { model, stay, truth, stream, treatedAt, firedAt: at, views };
  return { scores, recommendations, label, course };
}

/** Some alerts come a second time, with nearly the same score. */
function repeated(first: Inference, own: Stream, weekEnd: number): readonly Inference[] {
  if (!chance(own, REPEATED)) return [];
  const after = logNormal(own, REPEAT_MEDIAN_H, LAG_SPREAD) * HOUR_MS;
  const at = laterWithin(first.at, after, weekEnd, own.next());
  return [infer(`${first.id}-2`, first.score, Math.max(at, first.at + 1), 1, own)];
}

function drawTreated(stay: Stay, model: ModelInWeek, own: Stream, at: number): number | null {
  const share = model.effect?.treated?.share ?? model.character.treated;
  if (!chance(own, share)) return null;
  const before = Math.min(at - stay.arrivedAt, TREATED_BEFORE_H * HOUR_MS);
  return Math.floor(at - before * own.next());
}
