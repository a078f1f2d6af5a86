import type { TableSettings } from '../tables/derive/settings.ts';
import type { Tables } from '../tables/schema.ts';
import { WEEK_MS } from './calendar.ts';
import type { Counters } from './displays.ts';
import { MODEL_FACTS, MODEL_KEYS, type ModelKey } from './model-facts.ts';
import { thresholdOf } from './model-in-week.ts';
import { drawOnset } from './onset.ts';
import { SITES } from './places.ts';
import type { Plan } from './plan.ts';
import { problemOf } from './problem.ts';
import { pickOne, wholeWithin } from './random/draws.ts';
import { Stream } from './random/stream.ts';
import { SCENARIO } from './scenarios/all.ts';
import type { HarmlessChanges, Setting } from './setting.ts';
import type { SimulatedWeek, Simulation, SimulationOptions } from './simulation.ts';
import { standingTables } from './standing.ts';
import { drawTraffic } from './traffic.ts';
import { piecesOf } from './week.ts';
import { type Character, drawWorld, type World } from './world.ts';

/** A hospital that never was, in which one thing is wrong, or nothing. Rows are made as they are asked for. */
export function simulate(options: SimulationOptions): Simulation {
  const setting = settingOf(options);
  function* pieces(): Generator<SimulatedWeek> {
    const counters: Counters = new Map();
    for (let week = 0; week < options.weeks; week++)
      for (const tables of piecesOf(setting, week, counters))
        yield { week: mondayIn(setting, week), tables };
  }
  return {
    options,
    problems: setting.troubles.map((trouble) =>
      problemOf(setting, trouble, mondayIn(setting, trouble.effect.onset)),
    ),
    standing: standingTables(setting),
    settings: tableSettings(setting),
    pieces,
    weeks: () => together(pieces()),
  };
}

function settingOf({ scenario, seed, weeks, perWeek, start }: SimulationOptions): Setting {
  const root = Stream.ofSeed(seed);
  const world = drawWorld(root);
  const stream = root.named('scenario');
  const onset = drawOnset(root.named('onset'), weeks);
  const plan = SCENARIO[scenario]({ world, weeks, stream, onset });
  const characters = withChanges(world, plan);
  return {
    root,
    start: Date.parse(`${start}T00:00:00Z`),
    weeks,
    prefix: `sim${seed}`,
    world,
    characters,
    traffic: drawTraffic(root.named('traffic'), plan, characters, perWeek),
    troubles: plan.troubles,
    harmless: drawHarmless(root.named('harmless'), plan, weeks, scenario !== 'hospital'),
    modelId: modelIds(scenario === 'hospital'),
  };
}

const mondayIn = ({ start }: Setting, week: number): string =>
  new Date(start + week * WEEK_MS).toISOString().slice(0, 10);

function withChanges({ characters }: World, plan: Plan): Setting['characters'] {
  const of = (key: ModelKey): Character => ({ ...characters[key], ...plan.characters?.[key] });
  const [a, b, c, d] = MODEL_KEYS;
  return { [a]: of(a), [b]: of(b), [c]: of(c), [d]: of(d) };
}

/** The sandbox's Devices have their version in their identifier; one model has one there. */
function modelIds(withVersion: boolean): Setting['modelId'] {
  const of = (key: ModelKey) => (withVersion ? `${key}-${MODEL_FACTS[key].version}` : key);
  const [a, b, c, d] = MODEL_KEYS;
  return { [a]: of(a), [b]: of(b), [c]: of(c), [d]: of(d) };
}

/** Life goes on: a new version of a model that nothing is wrong with, and a new release of the app. */
function drawHarmless(
  own: Stream,
  plan: Plan,
  weeks: number,
  withVersion: boolean,
): HarmlessChanges {
  const troubled = plan.troubles.map(({ effect }) => effect.model);
  const others = MODEL_KEYS.filter((key) => !troubled.includes(key));
  const model = pickOne(own, others);
  const week = (): number => wholeWithin(own, [Math.min(1, weeks - 1), weeks - 1]);
  const version = { model, week: week() };
  return { version: withVersion ? version : null, app: { week: week() } };
}

const tableSettings = ({ world, characters, modelId }: Setting): TableSettings => {
  const [first, ...others] = SITES.map((site) => ({
    site,
    timeZone: 'UTC',
    units: world.units.filter((unit) => unit.site === site).map(({ id }) => id),
  }));
  if (!first) throw new RangeError('A hospital has at least one site.');
  return {
    sites: [first, ...others],
    models: MODEL_KEYS.map((key) => ({
      model_id: modelId[key],
      threshold: thresholdOf(characters[key]),
      score_scale: 'probability',
      horizon_h: MODEL_FACTS[key].horizonHours,
      outcome_code: MODEL_FACTS[key].outcome,
      high_risk: MODEL_FACTS[key].highRisk,
      actions: [MODEL_FACTS[key].action],
    })),
  };
};

type Growing = { -readonly [N in keyof Tables]?: Tables[N] };

/** Pieces of one week put together. */
function* together(pieces: Iterable<SimulatedWeek>): Generator<SimulatedWeek> {
  let open: { week: string; parts: Tables[] } | undefined;
  for (const { week, tables } of pieces) {
    if (open && open.week !== week) {
      yield { week: open.week, tables: joined(open.parts) };
      open = undefined;
    }
    open ??= { week, parts: [] };
    open.parts.push(tables);
  }
  if (open) yield { week: open.week, tables: joined(open.parts) };
}

function joined(parts: readonly Tables[]): Tables {
  const all: Growing = {
    scores: parts.flatMap(({ scores = [] }) => scores),
    recommendations: parts.flatMap(({ recommendations = [] }) => recommendations),
    exposures: parts.flatMap(({ exposures = [] }) => exposures),
    decisions: parts.flatMap(({ decisions = [] }) => decisions),
    outcomes: parts.flatMap(({ outcomes = [] }) => outcomes),
    encounters: parts.flatMap(({ encounters = [] }) => encounters),
  };
  return all;
}
