import type { Plan, Scenario, Stage } from '../plan.ts';
import type { ScenarioName } from '../simulation.ts';
import { lowValueAlert, siteShift, underTriage } from './failing-models.ts';
import {
  alertFatigue,
  alreadyTreated,
  deathOf,
  outlierUnit,
  responseInequity,
  rubberStamping,
  silentDeath,
  treatedAlready,
  versionRegression,
} from './failing-use.ts';

const healthy: Scenario = (): Plan => ({ troubles: [] });

/** The second trouble comes some weeks after the first, so that a chart can tell them apart. */
const BETWEEN_TROUBLES = 3;

/** A hospital with all its models: the films are read less and less, then the sepsis alert comes too late. */
const hospital: Scenario = (stage: Stage): Plan => ({
  troubles: [
    deathOf('chest-xray-triage', stage.onset),
    treatedAlready('sepsis-early-warning', {
      ...stage,
      onset: Math.min(stage.onset + BETWEEN_TROUBLES, stage.weeks - 1),
    }),
  ],
});

export const SCENARIO: Readonly<Record<ScenarioName, Scenario>> = {
  'silent-death': silentDeath,
  'low-value-alert': lowValueAlert,
  'under-triage': underTriage,
  'site-shift': siteShift,
  'already-treated': alreadyTreated,
  'alert-fatigue': alertFatigue,
  'version-regression': versionRegression,
  'rubber-stamping': rubberStamping,
  'response-inequity': responseInequity,
  'outlier-unit': outlierUnit,
  healthy,
  hospital,
};
