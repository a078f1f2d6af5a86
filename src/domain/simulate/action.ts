import type { TableRow } from '../tables/schema.ts';
import type { Answer } from './answer.ts';
import { HOUR_MS } from './calendar.ts';
import type { Course } from './course.ts';
import { chance, logNormal } from './random/draws.ts';
import { actionRow } from './rows/outcome-rows.ts';

/** Share of those who follow that do it, and of the rest where it is done all the same. */
const DONE = 0.88;
const DONE_ANYWAY = 0.25;
const DONE_MEDIAN_H = 1.5;
const ANYWAY_MEDIAN_H = 9;
const DONE_SPREAD = 0.7;

const DAY_MS = 24 * HOUR_MS;

/** What was really done about one course, once at most; it follows from the answers and is none itself. */
export function drawAction(
  { stay, model, stream, treatedAt, firedAt }: Course,
  answers: readonly Answer[],
): TableRow<'outcomes'> | null {
  if (treatedAt !== null) return actionRow(stay, model.facts, treatedAt);
  const followed = answers.find(({ word }) => word === 'accepted' || word === 'accepted-modified');
  const done = chance(stream, followed ? DONE : DONE_ANYWAY);
  const median = followed ? DONE_MEDIAN_H : ANYWAY_MEDIAN_H;
  const after = logNormal(stream, median, DONE_SPREAD) * HOUR_MS;
  return done ? actionRow(stay, model.facts, Math.floor((followed?.at ?? firedAt) + after)) : null;
}

/** Within a day after the answer, as `derive/adherence.ts` looks for it. */
export const doneAfter = (action: TableRow<'outcomes'> | null, at: number): boolean =>
  action !== null &&
  action.happened_at !== null &&
  action.happened_at >= at &&
  action.happened_at <= at + DAY_MS;
