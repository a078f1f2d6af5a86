import type { Accuracy } from '../accuracy.ts';
import { MODEL_FACTS, type ModelKey } from '../model-facts.ts';
import { NEW_SITE } from '../places.ts';
import type { Plan, Scenario, Stage } from '../plan.ts';

/** Wong et al. 2021, JAMA Intern Med 181:1065, score of 6 or more, by hospitalisation. */
const WONG = {
  prevalence: 2_552 / 38_455,
  accuracy: {
    sensitivity: 843 / 2_552,
    specificity: 29_775 / 35_903,
    criticalSensitivity: 843 / 2_552,
  },
};

const SEPSIS: ModelKey = 'sepsis-early-warning';
const FILM: ModelKey = 'chest-xray-triage';

const alike = (share: number): Accuracy => ({
  sensitivity: share,
  specificity: share,
  criticalSensitivity: share,
});

/** A sepsis alert that goes into use at the onset, everywhere, and is as good as the published one. */
export const lowValueAlert: Scenario = ({ onset }): Plan => ({
  focus: SEPSIS,
  characters: { [SEPSIS]: WONG },
  troubles: [
    {
      effect: { model: SEPSIS, onset, goesLive: () => true },
      signals: ['low-sensitivity', 'alert-burden'],
      drawn: { sensitivity: WONG.accuracy.sensitivity, specificity: WONG.accuracy.specificity },
    },
  ],
});

const RATED_TOO_LOW = 0.3;

/** From the onset 30 % of the events that must not be missed stay below the threshold; the others as before. */
export const underTriage: Scenario = ({ onset, world }): Plan => {
  const { criticalShare } = MODEL_FACTS[FILM];
  const accuracy = missing(world.characters[FILM].accuracy, RATED_TOO_LOW, criticalShare);
  return {
    focus: FILM,
    troubles: [
      {
        effect: { model: FILM, onset, accuracy: () => accuracy },
        signals: ['missed-critical'],
        drawn: { missed: RATED_TOO_LOW },
      },
    ],
  };
};

/** @param share of all events that are critical. */
function missing(before: Accuracy, missed: number, share: number): Accuracy {
  const criticalSensitivity = 1 - missed;
  const lost = before.criticalSensitivity - criticalSensitivity;
  return { ...before, criticalSensitivity, sensitivity: before.sensitivity - share * lost };
}

const [TRAINED, ELSEWHERE] = [0.92, 0.67];

/** A model that is right for 92 % where it was trained goes into use at the other site, and is for 67 %. */
export const siteShift: Scenario = ({ onset }: Stage): Plan => ({
  focus: FILM,
  characters: { [FILM]: { accuracy: alike(TRAINED) } },
  troubles: [
    {
      effect: {
        model: FILM,
        onset,
        goesLive: ({ site }) => site === NEW_SITE,
        accuracy: ({ site }) => (site === NEW_SITE ? alike(ELSEWHERE) : undefined),
      },
      signals: ['performance-drop'],
      names: { site: NEW_SITE },
      drawn: { accuracy: ELSEWHERE, trained: TRAINED },
    },
  ],
});
