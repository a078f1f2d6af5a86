import { simulate } from '#src/domain/simulate/simulate.ts';
import type { SimulationOptions } from '#src/domain/simulate/simulation.ts';
import type { SimulateOptions } from './options.ts';

const PER_WEEK = 1_000;
const WEEKS = 40;
/** Half a year, as the sandbox's hospital has behind it. */
const HOSPITAL_WEEKS = 26;

/** A small run tells how many answers a recommendation gets in this scenario and with this seed. */
const TRIAL_PER_WEEK = 300;
const MARGIN = 1.02;
/** Standard deviations that chance may take away. */
const SPARE = 2;

function answersPerRecommendation(options: SimulationOptions): number {
  let answers = 0;
  for (const { tables } of simulate({ ...options, perWeek: TRIAL_PER_WEEK }).pieces())
    answers += tables.decisions?.length ?? 0;
  return answers / (options.weeks * TRIAL_PER_WEEK);
}

/**
 * How many weeks and how many recommendations in each. Where answers are asked for, as many weeks as usual
 * (or as said) and so much more in each, or as many in each as said and so many more weeks.
 */
export function sizeOf(given: SimulateOptions): SimulationOptions {
  const { scenario, seed, start, decisions } = given;
  const weeks = given.weeks ?? (scenario === 'hospital' ? HOSPITAL_WEEKS : WEEKS);
  const usual = { scenario, seed, start, weeks, perWeek: given.perWeek ?? PER_WEEK };
  if (decisions === undefined) return usual;
  const wanted =
    (decisions * MARGIN + SPARE * Math.sqrt(decisions)) / answersPerRecommendation(usual);
  if (given.perWeek !== undefined) return { ...usual, weeks: Math.ceil(wanted / given.perWeek) };
  return { ...usual, perWeek: Math.ceil(wanted / weeks) };
}

const MORE = 1.1;

/** Once more, with a tenth more of what was not said. */
export const larger = (given: SimulateOptions, options: SimulationOptions): SimulationOptions =>
  given.perWeek === undefined
    ? { ...options, perWeek: Math.ceil(options.perWeek * MORE) }
    : { ...options, weeks: Math.ceil(options.weeks * MORE) };
