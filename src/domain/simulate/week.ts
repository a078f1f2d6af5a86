import type { TableRow, Tables } from '../tables/schema.ts';
import { drawArrival, WEEK_MS } from './calendar.ts';
import { type Course, drawScored } from './course.ts';
import { type Counters, countDisplays } from './displays.ts';
import { type ModelInWeek, modelsIn } from './model-in-week.ts';
import { drawPatient } from './patients.ts';
import type { Unit } from './places.ts';
import { normal, poisson } from './random/draws.ts';
import type { Stream } from './random/stream.ts';
import { reasonCellsOnce } from './reason-mix.ts';
import { drawReplies } from './replies.ts';
import type { Stay } from './rows/carried.ts';
import { encounterRows } from './rows/encounter-rows.ts';
import { appVersionIn, type Setting } from './setting.ts';
import { ACTION_SYSTEM } from './systems.ts';

const WEEKS_A_YEAR = 52.18;
/** Week of the year in which most people fall ill, in the northern winter. */
const PEAK_WEEK = 4;
/** Encounters, or courses with their replies, that are handed on together: some thousand rows. */
const PIECE = 500;
/** Labels of the streams that one encounter splits into, after those of its models (0, 1, 2 …). */
const STREAM = { patient: 100, arrival: 101 } as const;

/** Admissions of a week beside those of an ordinary one. */
function busyness({ world, start, root }: Setting, week: number): number {
  const weekOfYear = (start + week * WEEK_MS) / WEEK_MS;
  const wave = Math.cos((2 * Math.PI * (weekOfYear - PEAK_WEEK)) / WEEKS_A_YEAR);
  const noise = normal(root.named('busyness').split(week));
  return (1 + world.season * wave) * Math.exp(world.spread.traffic * noise);
}

/**
 * The rows of one week, in pieces: what each unit's models said, then what came of it. Rows that are joined
 * stand in one week; answers, actions and labels may be dated later.
 */
export function* piecesOf(setting: Setting, week: number, counters: Counters): Generator<Tables> {
  const models = modelsIn(setting, week);
  const courses: Course[] = [];
  for (const unit of setting.world.units) yield* unitPieces(setting, week, unit, models, courses);
  const shown = countDisplays(courses, counters, setting.world.staff.clinicians.length);
  const context = {
    shown,
    reasonCells: reasonCellsOnce(),
    appVersion: appVersionIn(setting, week),
    actionSystem: ACTION_SYSTEM,
  };
  for (let from = 0; from < courses.length; from += PIECE) {
    const exposures: TableRow<'exposures'>[] = [];
    const decisions: TableRow<'decisions'>[] = [];
    const outcomes: TableRow<'outcomes'>[] = [];
    for (const course of courses.slice(from, from + PIECE)) {
      const replies = drawReplies(course, context);
      for (const row of replies.exposures) exposures.push(row);
      for (const row of replies.decisions) decisions.push(row);
      if (replies.action) outcomes.push(replies.action);
    }
    yield { exposures, decisions, outcomes };
  }
}

function* unitPieces(
  setting: Setting,
  week: number,
  unit: Unit,
  models: readonly ModelInWeek[],
  courses: Course[],
): Generator<Tables> {
  const own = setting.root.named('encounters').split(week).split(unit.index);
  const expected = setting.traffic.encounters * unit.share * busyness(setting, week);
  const count = poisson(own, expected);
  const weekStart = setting.start + week * WEEK_MS;
  for (let from = 0; from < count; from += PIECE) {
    const stays: Stay[] = [];
    for (let i = from; i < Math.min(count, from + PIECE); i++)
      stays.push(stayOf(setting, `w${week}-${unit.index}-${i}`, unit, weekStart, own.split(i)));
    yield saidAbout(setting, stays, models, weekStart + WEEK_MS, courses);
  }
}

/** What the models said about these encounters; what fired goes to `courses` for the replies. */
function saidAbout(
  setting: Setting,
  stays: readonly Stay[],
  models: readonly ModelInWeek[],
  weekEnd: number,
  courses: Course[],
): Tables {
  const encounters: TableRow<'encounters'>[] = [];
  const scores: TableRow<'scores'>[] = [];
  const recommendations: TableRow<'recommendations'>[] = [];
  const outcomes: TableRow<'outcomes'>[] = [];
  for (const stay of stays) {
    let settledUntil = stay.arrivedAt;
    for (const [m, model] of models.entries()) {
      const scored = drawScored(stay, model, stay.stream.split(m), weekEnd, setting);
      if (!scored) continue;
      for (const row of scored.scores) scores.push(row);
      for (const row of scored.recommendations) recommendations.push(row);
      outcomes.push(scored.label);
      settledUntil = Math.max(settledUntil, scored.scores.at(-1)?.scored_at ?? 0);
      if (!scored.course) continue;
      courses.push(scored.course);
      for (const { shownAt } of scored.course.views)
        settledUntil = Math.max(settledUntil, ...shownAt);
    }
    for (const row of encounterRows(stay, setting.world.units, settledUntil + 1))
      encounters.push(row);
  }
  return { encounters, scores, recommendations, outcomes };
}

const stayOf = (
  { prefix }: Setting,
  name: string,
  unit: Unit,
  weekStart: number,
  stream: Stream,
): Stay => ({
  encounter_id: `Encounter/${prefix}-${name}`,
  patient_id: `Patient/${prefix}-${name}`,
  patient: drawPatient(stream.split(STREAM.patient)),
  unit,
  arrivedAt: weekStart + drawArrival(stream.split(STREAM.arrival)),
  stream,
});
