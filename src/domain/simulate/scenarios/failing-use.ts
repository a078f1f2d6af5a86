import { byOdds } from '../effect.ts';
import { MODEL_FACTS, MODEL_KEYS, type ModelKey } from '../model-facts.ts';
import { FIFTHS } from '../patients.ts';
import type { Plan, Scenario, Stage, Trouble } from '../plan.ts';
import { chance, pickOne, pickSome, runningSums, wholeWithin } from '../random/draws.ts';
import { FATIGUE_SHARE, ROLLOUT_WEEKS } from '../ranges.ts';
import type { Clinician } from '../staff.ts';

const anyModel = ({ stream }: Stage): ModelKey => pickOne(stream.named('model'), MODEL_KEYS);

const planOf = (trouble: Trouble): Plan => ({ focus: trouble.effect.model, troubles: [trouble] });

const WEEKS_TO_DEATH = 26;

/** Read a twenty-sixth less each week of the decline, and by nobody in the twenty-sixth. */
export const deathOf = (model: ModelKey, onset: number): Trouble => ({
  effect: { model, onset, shown: (since) => Math.max(0, 1 - (since + 1) / WEEKS_TO_DEATH) },
  signals: ['usage-collapse'],
  drawn: { weeksToZero: WEEKS_TO_DEATH },
});

export const silentDeath: Scenario = ({ onset }) => planOf(deathOf('chest-xray-triage', onset));

const TREATED_SHARE = 0.4;
/** What most of them say, and what the others do: one means it was given, one that it was ordered. */
const TREATED_REASONS = ['action-completed', 'indication-order-exists'] as const;
const SAME_REASON = 0.85;

/** From the onset, 40 % of alerts are about patients who have already got it, and are overridden for that. */
export function treatedAlready(model: ModelKey, { onset, stream }: Stage): Trouble {
  const usual = pickOne(stream.named('reason'), TREATED_REASONS);
  const other = TREATED_REASONS.find((one) => one !== usual) ?? usual;
  return {
    effect: {
      model,
      onset,
      treated: {
        share: TREATED_SHARE,
        reason: (own) => (chance(own, SAME_REASON) ? usual : other),
      },
    },
    signals: ['reason-concentration'],
    names: { reason: usual },
    drawn: { treated: TREATED_SHARE, sameReason: SAME_REASON },
  };
}

export const alreadyTreated: Scenario = (stage) =>
  planOf(treatedAlready('sepsis-early-warning', stage));

const EXPOSURES_TO_HALF = 200;

/**
 * A new alert goes into use at the onset, clinician by clinician over some weeks. On half of the units one
 * pharmacist looks at all orders and sees very many, on the others each who orders sees a few: so exposure
 * and calendar are two things. In each, the odds of following fall evenly in the logarithm, by half over 200
 * exposures and by half again over the next 200.
 */
export const alertFatigue: Scenario = ({ onset, stream, world }): Plan => {
  const model: ModelKey = 'interaction-check';
  const rollout = wholeWithin(stream.named('rollout'), ROLLOUT_WEEKS);
  const desks = new Set(pickSome(stream.named('desks'), world.units, world.units.length / 2));
  const starts = ({ index }: Clinician) =>
    onset + Math.floor(rollout * stream.named('starts').split(index).next());
  const seeing = world.units.map((unit) => {
    const { clinicians = [] } = world.staff.audiences[model][unit.index] ?? {};
    return desks.has(unit)
      ? clinicians.filter(({ role }) => role === 'pharmacist').slice(0, 1)
      : clinicians;
  });
  return {
    focus: model,
    focusShare: FATIGUE_SHARE,
    troubles: [
      {
        effect: {
          model,
          onset,
          goesLive: () => true,
          readers: ({ index }, week) => {
            const clinicians = (seeing[index] ?? []).filter((one) => starts(one) <= week);
            return { clinicians, ends: runningSums(clinicians.map(({ load }) => load)) };
          },
          follow: (p, { seen }) => byOdds(p, 0.5 ** (seen / EXPOSURES_TO_HALF)),
        },
        signals: ['fatigue'],
        drawn: { exposuresToHalf: EXPOSURES_TO_HALF, rolloutWeeks: rollout, desks: desks.size },
      },
    ],
  };
};

const POINTS_LOST = 0.15;

/** A new version comes at the onset, and clinicians follow it in 15 of 100 cases less. */
export const versionRegression: Scenario = (stage): Plan => {
  const model = anyModel(stage);
  const { nextVersion } = MODEL_FACTS[model];
  // Nobody follows an alert about a patient who is already treated: the others make up for it.
  const lost = POINTS_LOST / (1 - stage.world.characters[model].treated);
  return planOf({
    effect: {
      model,
      onset: stage.onset,
      version: nextVersion,
      follow: (p) => Math.max(0, p - lost),
    },
    signals: ['override-shift'],
    drawn: { pointsLost: POINTS_LOST },
  });
};

const HURRIED_SHARE = 1 / 3;
/** Above the 98 % that is stated, so that it stays above in a sample. */
const HURRIED_FOLLOWS = 0.995;
/** Below the 3 s that are stated, for the same reason. */
const HURRIED_MS = 1_800;

/** From the onset, a third of those who see the model accept nearly all of it, in under 3 s. */
export const rubberStamping: Scenario = (stage): Plan => {
  const model = anyModel(stage);
  const audience = stage.world.staff.audiences[model].flatMap(({ clinicians }) => clinicians);
  const count = Math.round(audience.length * HURRIED_SHARE);
  const chosen = new Set(
    pickSome(stage.stream.named('hurried'), audience, count).map(({ index }) => index),
  );
  return planOf({
    effect: {
      model,
      onset: stage.onset,
      follow: (p, { clinician }) => (chosen.has(clinician.index) ? HURRIED_FOLLOWS : p),
      responseMs: ({ index }) => (chosen.has(index) ? HURRIED_MS : undefined),
    },
    signals: ['uncritical-acceptance'],
    drawn: { clinicians: audience.length, hurried: chosen.size, medianMs: HURRIED_MS },
  });
};

const RATIO = 0.8;

/** From the onset, the same advice is followed 0.8 times as often about a fifth of the patients. */
export const responseInequity: Scenario = (stage): Plan => {
  const group = pickOne(stage.stream.named('group'), FIFTHS);
  return planOf({
    effect: {
      model: anyModel(stage),
      onset: stage.onset,
      follow: (p, { patient }) => (group.is(patient) ? p * RATIO : p),
    },
    signals: ['response-disparity'],
    names: { group: { dimension: group.dimension, value: group.value } },
    drawn: { ratio: RATIO, groupShare: 0.2 },
  });
};

const OUTLIER_ODDS = 0.4;

/** From the onset, the odds of following are 0.4 times those of before on one of twelve units. */
export const outlierUnit: Scenario = (stage): Plan => {
  const outlier = pickOne(stage.stream.named('unit'), stage.world.units);
  return planOf({
    effect: {
      model: anyModel(stage),
      onset: stage.onset,
      follow: (p, { unit }) => (unit.index === outlier.index ? byOdds(p, OUTLIER_ODDS) : p),
    },
    signals: ['outlier'],
    names: { unit: outlier.id },
    drawn: { oddsRatio: OUTLIER_ODDS, unitShare: outlier.share },
  });
};
